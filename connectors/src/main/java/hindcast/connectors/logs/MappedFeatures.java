package hindcast.connectors.logs;

import hindcast.connectors.logs.MappedFeature.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the features of the section {@code context}. Not thread-safe. */
final class MappedFeatures {
  private static final int MOST_PLACES = 1 << 20;

  private final MappingFields fields;
  private final MappingTree tree;
  private final List<MappedFeature> features = new ArrayList<>();
  private int next;

  MappedFeatures(MappingFields fields, MappingTree tree) {
    this.fields = fields;
    this.tree = tree;
  }

  List<MappedFeature> read() {
    boolean intercept = tree.flag("intercept", true);
    next = intercept ? 1 : 0;
    List<?> entries = tree.list("context");
    for (int k = 0; k < entries.size(); k++) {
      String key = "context[" + k + "]";
      if (entries.get(k) instanceof Map<?, ?> map) {
        add(tree.below(key, map));
      } else if (entries.get(k) instanceof String name) {
        add(fields.slot(tree, key, name), Kind.NUMBER, 1, Map.of(), false, Double.NaN, "");
      } else {
        tree.problem(
            key, entries.get(k), "must be a " + fields.word() + ", or a section about one");
      }
    }
    if (next == 0) {
      tree.problem("context", null, "must have a feature where intercept is false");
    }
    if (next > MOST_PLACES) {
      tree.problem("context", next + " places", "must be at most " + MOST_PLACES);
    }
    return features;
  }

  private void add(MappingTree entry) {
    String name = entry.text(fields.word());
    if (name == null) {
      entry.problem(fields.word(), null, "name the " + fields.word());
      name = "1";
    }
    int slot = fields.slot(entry, fields.word(), name);
    boolean values = entry.has("values");
    boolean buckets = entry.has("buckets");
    boolean array = entry.has("length");
    if ((values ? 1 : 0) + (buckets ? 1 : 0) + (array ? 1 : 0) > 1) {
      entry.problem(name, "several kinds", "must have one of values, buckets and length");
    }
    if (values) {
      categories(entry, slot);
    } else if (buckets) {
      add(slot, Kind.BUCKETS, entry.count("buckets", MOST_PLACES), Map.of(), false, Double.NaN, "");
    } else if (array) {
      int width = entry.count("length", MOST_PLACES);
      String separator = entry.text("separator");
      add(
          slot,
          Kind.ARRAY,
          width,
          Map.of(),
          false,
          Double.NaN,
          separator == null ? "|" : separator);
    } else {
      add(slot, Kind.NUMBER, 1, Map.of(), false, entry.number("missing"), "");
    }
    entry.refuseUnknown();
  }

  private void categories(MappingTree entry, int slot) {
    Map<String, Integer> places = new LinkedHashMap<>();
    for (String value : entry.texts("values")) {
      if (places.put(value.trim(), places.size()) != null) {
        entry.problem("values", value, "must be there once");
      }
    }
    boolean other = entry.flag("other", false);
    if (places.isEmpty() && !other) {
      entry.problem("values", null, "must name the values that occur");
    }
    add(
        slot,
        Kind.VALUES,
        places.size() + (other ? 1 : 0),
        Map.copyOf(places),
        other,
        Double.NaN,
        "");
  }

  private void add(
      int slot,
      Kind kind,
      int width,
      Map<String, Integer> values,
      boolean other,
      double missing,
      String separator) {
    features.add(new MappedFeature(slot, kind, next, width, values, other, missing, separator));
    next = (int) Math.min(MOST_PLACES + 1L, (long) next + width);
  }
}
