package hindcast.simulation;

import hindcast.catalogue.ItemEmbeddings;
import hindcast.catalogue.PackedEmbeddings;
import hindcast.feedback.Context;

/** The items and the contexts of a world, drawn from its seed. */
final class Population {
  private Population() {}

  static ItemEmbeddings embeddings(WorldSettings settings) {
    SeededRandom random = new SeededRandom(settings.seed(), "items");
    WorldShape shape = WorldShape.of(settings.items());
    int dimension = settings.embeddingDimension();
    double[] centres = new double[shape.groups() * dimension];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = random.nextGaussian();
    }
    float[] rows = new float[settings.items() * dimension];
    for (int a = 0; a < settings.items(); a++) {
      int centre = random.nextInt(shape.groups()) * dimension;
      double length =
          Math.exp(shape.lengthDeviation() * random.nextGaussian()) / Math.sqrt(dimension);
      for (int l = 0; l < dimension; l++) {
        rows[a * dimension + l] =
            (float)
                (length
                    * (shape.centre() * centres[centre + l]
                        + shape.within() * random.nextGaussian()));
      }
    }
    return PackedEmbeddings.ofRows(rows, settings.items(), dimension);
  }

  static Context[] contexts(WorldSettings settings) {
    SeededRandom random = new SeededRandom(settings.seed(), "contexts");
    int segments = settings.segments().size();
    Context[] contexts = new Context[settings.contexts()];
    for (int m = 0; m < contexts.length; m++) {
      float[] features = new float[settings.contextDimension()];
      features[m % segments] = 1;
      for (int i = segments; i < features.length; i++) {
        features[i] = (float) (.5 * random.nextGaussian());
      }
      contexts[m] = Context.dense(features);
    }
    return contexts;
  }

  static double[][] features(Context[] contexts) {
    double[][] features = new double[contexts.length][contexts[0].dimension()];
    for (int m = 0; m < features.length; m++) {
      for (int i = 0; i < features[m].length; i++) {
        features[m][i] = contexts[m].values()[i];
      }
    }
    return features;
  }

  static String[] itemIds(int items) {
    int digits = Integer.toString(items - 1).length();
    String[] ids = new String[items];
    for (int a = 0; a < items; a++) {
      ids[a] = "item-" + ZeroPadded.text(a, digits);
    }
    return ids;
  }
}
