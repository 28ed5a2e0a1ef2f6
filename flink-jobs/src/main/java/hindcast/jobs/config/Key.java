package hindcast.jobs.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a user may know about one key: its default, the rule it obeys, what it is for. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {
  /** Marks a key that has no default. */
  String REQUIRED = "(required)";

  /** The default as it would be written in the file; a section has none of its own. */
  String value() default "";

  /** What it is for: one sentence or two. */
  String doc();

  /** What its value, or each value of its list or mapping, must obey. */
  Rule rule() default Rule.ANY;

  /** The only texts allowed; empty means any. */
  String[] oneOf() default {};
}
