package hindcast.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;

/**
 * Reads manifests with the typed models of their makers. A field a model does not know, or a value
 * it cannot hold, is an error that names the path.
 */
final class StrictManifests {
  /**
   * The newest model of the operator on Maven Central ends at this version; the manifests name the
   * version that runs.
   */
  private static final String NEWEST_MODELLED_FLINK = "v1_20";

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Map<String, Class<?>> MODELS =
      Map.of(
          "ConfigMap", ConfigMap.class,
          "FlinkDeployment", FlinkDeployment.class,
          "KafkaTopic", KafkaTopic.class,
          "KafkaUser", KafkaUser.class,
          "NetworkPolicy", NetworkPolicy.class,
          "PersistentVolumeClaim", PersistentVolumeClaim.class,
          "PodDisruptionBudget", PodDisruptionBudget.class,
          "Role", Role.class,
          "RoleBinding", RoleBinding.class,
          "ServiceAccount", ServiceAccount.class);

  private StrictManifests() {}

  /** Every object of a text of YAML documents. */
  static List<Object> read(String yaml) throws IOException {
    List<Object> objects = new ArrayList<>();
    Iterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(YAML.getFactory().createParser(yaml));
    while (documents.hasNext()) {
      JsonNode document = documents.next();
      if (!document.isNull()) {
        objects.add(read(document));
      }
    }
    return objects;
  }

  private static Object read(JsonNode document) throws IOException {
    String kind = document.path("kind").asText();
    Class<?> model = MODELS.get(kind);
    if (model == null) {
      throw new IllegalArgumentException("no model of this kind: " + kind);
    }
    if (kind.equals("FlinkDeployment")) {
      ((ObjectNode) document.path("spec")).put("flinkVersion", NEWEST_MODELLED_FLINK);
    }
    Object object = YAML.treeToValue(document, model);
    requireKnown(object, kind);
    requireKept(document, YAML.valueToTree(object), kind);
    return object;
  }

  /** Models keep what they do not know apart. */
  private static void requireKnown(Object object, String path) {
    if (object instanceof Collection<?> list) {
      list.forEach(element -> requireKnown(element, path + "[]"));
    } else if (object instanceof Map<?, ?> map) {
      map.forEach((key, value) -> requireKnown(value, path + "." + key));
    } else if (object != null && isModel(object.getClass())) {
      for (Method getter : object.getClass().getMethods()) {
        if (isGetter(getter)) {
          Object value = value(getter, object);
          if (getter.getName().equals("getAdditionalProperties")
              && value instanceof Map<?, ?> unknown
              && !unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown in " + path + ": " + unknown.keySet());
          }
          requireKnown(value, path + "." + getter.getName().substring("get".length()));
        }
      }
    }
  }

  /** Nothing of what was written is lost on the way through the model. */
  private static void requireKept(JsonNode written, JsonNode read, String path) {
    if (written.isObject()) {
      written
          .properties()
          .forEach(
              field -> {
                String name = path + "." + field.getKey();
                JsonNode kept = read.path(field.getKey());
                if (kept.isMissingNode() && !isEmpty(field.getValue())) {
                  throw new IllegalArgumentException("unknown: " + name);
                }
                requireKept(field.getValue(), kept, name);
              });
    } else if (written.isArray()) {
      for (int i = 0; i < written.size(); i++) {
        requireKept(written.get(i), read.path(i), path + "[" + i + "]");
      }
    }
  }

  private static boolean isEmpty(JsonNode node) {
    return node.isNull() || (node.isContainerNode() && node.isEmpty());
  }

  private static boolean isModel(Class<?> type) {
    String name = type.getName();
    return !type.isEnum()
        && (name.startsWith("io.fabric8.kubernetes.api.model")
            || name.startsWith("io.strimzi.api")
            || name.startsWith("org.apache.flink.kubernetes.operator.api"));
  }

  private static boolean isGetter(Method method) {
    return method.getName().startsWith("get")
        && method.getParameterCount() == 0
        && !Modifier.isStatic(method.getModifiers())
        && !method.getName().equals("getClass")
        && !method.getName().equals("getDeclaringClass");
  }

  private static Object value(Method getter, Object object) {
    try {
      return getter.invoke(object);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
