/**
 * One YAML file and {@code --set key=value} overrides, read into records and checked whole.
 *
 * <ul>
 *   <li>{@link hindcast.jobs.config.PipelineConfig}: everything that is configured, a record per
 *       section; keys are the names of its components in kebab case
 *   <li>{@link hindcast.jobs.config.Key}: default value, rule and documentation of one key
 *   <li>{@link hindcast.jobs.config.ConfigLoader}: text to records, all problems at once
 *   <li>{@link hindcast.jobs.config.ConfigPrinter}: records to documented text, which loads to the
 *       same records
 * </ul>
 */
package hindcast.jobs.config;
