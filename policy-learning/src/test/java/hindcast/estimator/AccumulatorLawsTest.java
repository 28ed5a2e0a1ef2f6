package hindcast.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hindcast.catalogue.ItemCatalogue;
import hindcast.catalogue.ItemEmbeddings;
import hindcast.control.PolicyVersion;
import hindcast.criterion.AbTest;
import hindcast.criterion.PayoffMoments;
import hindcast.evaluation.DeployedBlock;
import hindcast.evaluation.DeployedComparisons;
import hindcast.evaluation.DeployedDifference;
import hindcast.feedback.Context;
import hindcast.feedback.LoggedFeedback;
import hindcast.interval.BettingMixture;
import hindcast.interval.BettingTest;
import hindcast.interval.ChangeDetector;
import hindcast.interval.ChangeMixture;
import hindcast.interval.DifferenceSequence;
import hindcast.interval.ImplicitExplorationBound;
import hindcast.interval.LogarithmicSmoothingBound;
import hindcast.interval.MixtureSequence;
import hindcast.interval.PlugInSequence;
import hindcast.interval.ValueSequence;
import hindcast.numeric.CoMoments;
import hindcast.numeric.CompensatedSum;
import hindcast.numeric.CompensatedSums;
import hindcast.numeric.ForwardDecay;
import hindcast.numeric.InformationMatrix;
import hindcast.numeric.Moments;
import hindcast.propensity.ContextualPropensity;
import hindcast.propensity.DirichletPropensity;
import hindcast.propensity.PropensityAudit;
import hindcast.propensity.PropensityMethod;
import hindcast.propensity.PropensityRowAudit;
import hindcast.propensity.SoftmaxPropensity;
import hindcast.propensity.TwoTowerPropensity;
import hindcast.reward.BilinearRewardModel;
import hindcast.reward.MeanRewardModel;
import hindcast.reward.RewardModelSource;
import hindcast.reward.TwoStepRegression;
import hindcast.testing.Logs;
import hindcast.testing.States;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * The laws of everything that keeps the state of a stream: half, written, read and continued is the
 * whole bit for bit; merged in any grouping and order is the whole. A class with a {@code write}
 * that is missing here fails the build.
 */
class AccumulatorLawsTest {
  private static final int N = 60;
  private static final List<String> PACKAGES =
      List.of("criterion", "estimator", "interval", "numeric", "propensity", "reward");
  private static final ItemCatalogue ITEMS = Logs.catalogue(6, 3, 1);
  private static final ItemEmbeddings CLUSTERS = Logs.catalogue(2, 3, 2).embeddings();
  private static final int[] CLUSTER_OF_ITEM = {0, 0, 0, 1, 1, 1};

  private interface Write<T> {
    void write(T state, DataOutput out) throws IOException;
  }

  private interface Read<T> {
    T read(DataInput in) throws IOException;
  }

  private interface Restore<T> {
    void read(T state, DataInput in) throws IOException;
  }

  /** A streaming class: how to make one, feed it an event, write, read, merge and question it. */
  private record Kind<T>(
      Supplier<T> create,
      BiConsumer<T, SplittableRandom> feed,
      Write<T> write,
      Read<T> read,
      BiConsumer<T, T> merge,
      Function<T, double[]> numbers) {

    static <T> Kind<T> of(
        Supplier<T> create,
        BiConsumer<T, SplittableRandom> feed,
        Write<T> write,
        Restore<T> restore) {
      return new Kind<>(
          create,
          feed,
          write,
          in -> {
            T state = create.get();
            restore.read(state, in);
            return state;
          },
          null,
          null);
    }

    Kind<T> merging(BiConsumer<T, T> merge, Function<T, double[]> numbers) {
      return new Kind<>(create, feed, write, read, merge, numbers);
    }

    byte[] bytes(T state) {
      return States.bytes(out -> write.write(state, out));
    }

    T throughBytes(T state) {
      return States.read(bytes(state), read::read);
    }

    /** Feeds the events of a seed, the k-th to the state that {@code part} names. */
    void feed(long seed, Function<Integer, T> part) {
      SplittableRandom random = new SplittableRandom(seed);
      for (int k = 0; k < N; k++) {
        feed.accept(part.apply(k), random.split());
      }
    }
  }

  private static Map<String, Kind<?>> kinds() {
    Map<String, Kind<?>> all = new TreeMap<>();
    numbers(all);
    estimates(all);
    intervals(all);
    comparisons(all);
    models(all);
    source(all);
    return all;
  }

  private static void put(Map<String, Kind<?>> all, Class<?> type, Kind<?> kind) {
    all.put(type.getName(), kind);
  }

  private static void numbers(Map<String, Kind<?>> all) {
    put(
        all,
        Moments.class,
        Kind.of(Moments::new, (s, r) -> s.add(r.nextDouble()), Moments::write, Moments::read)
            .merging(Moments::merge, s -> new double[] {s.n(), s.mean(), s.m2()}));
    put(
        all,
        CoMoments.class,
        Kind.of(
                CoMoments::new,
                (s, r) -> s.add(r.nextDouble(), r.nextDouble()),
                CoMoments::write,
                CoMoments::read)
            .merging(
                CoMoments::merge,
                s -> new double[] {s.n(), s.meanX(), s.meanY(), s.mxx(), s.mxy(), s.myy()}));
    put(
        all,
        CompensatedSum.class,
        Kind.of(
                CompensatedSum::new,
                (s, r) -> s.add(r.nextDouble()),
                CompensatedSum::write,
                CompensatedSum::read)
            .merging(CompensatedSum::merge, s -> new double[] {s.value()}));
    put(
        all,
        CompensatedSums.class,
        Kind.of(
                () -> new CompensatedSums(2),
                (s, r) -> s.add(r.nextInt(2), r.nextDouble()),
                CompensatedSums::write,
                CompensatedSums::read)
            .merging(
                (s, o) -> {
                  s.merge(0, o, 0, 1);
                  s.merge(1, o, 1, 1);
                },
                s -> new double[] {s.value(0), s.value(1)}));
    put(
        all,
        ForwardDecay.class,
        Kind.of(
                () -> new ForwardDecay(10),
                (s, r) -> s.advance(r.nextLong(5_000)),
                ForwardDecay::write,
                ForwardDecay::read)
            .merging(ForwardDecay::merge, s -> new double[] {s.latestMicros()}));
    put(
        all,
        InformationMatrix.class,
        Kind.of(
                () -> new InformationMatrix(3),
                (s, r) -> s.add(r.doubles(3, -1, 1).toArray()),
                InformationMatrix::write,
                InformationMatrix::read)
            .merging(
                InformationMatrix::merge,
                s -> Arrays.stream(s.matrix()).flatMapToDouble(Arrays::stream).toArray()));
  }

  private static double[] numbers(PointEstimate e) {
    return new double[] {e.n(), e.value().orElse(-1), e.standardError().orElse(-1)};
  }

  private static void estimates(Map<String, Kind<?>> all) {
    List<EstimatorSpec> specs =
        Arrays.stream(EstimatorMethod.values()).map(m -> EstimatorSpec.parse(m.example())).toList();
    put(
        all,
        EstimateSet.class,
        new Kind<>(
            () -> EstimateSet.of(specs),
            (s, r) -> s.add(Events.one(r)),
            EstimateSet::write,
            EstimateSet::read,
            EstimateSet::merge,
            s ->
                s.estimates(SupportRule.DEFAULT).stream()
                    .flatMapToDouble(
                        line ->
                            Arrays.stream(
                                new double[] {
                                  line.estimate().value().orElse(-1),
                                  line.estimate().standardError().orElse(-1),
                                  line.estimate().effectiveSampleSize()
                                }))
                    .toArray()));
    for (EstimatorSpec spec : specs) {
      all.put(
          PoissonBootstrap.class.getName() + " " + spec,
          Kind.of(
                  () -> new PoissonBootstrap(spec, 20, 7),
                  (s, r) -> s.add(Events.one(r), "i" + r.nextLong()),
                  PoissonBootstrap::write,
                  PoissonBootstrap::read)
              .merging(PoissonBootstrap::merge, s -> new double[] {s.standardError().orElse(-1)}));
      if (PairedDifference.accepts(spec)) {
        all.put(
            PairedDifference.class.getName() + " " + spec,
            Kind.of(
                    () -> new PairedDifference(spec),
                    (s, r) -> s.add(Events.one(r), Events.one(r)),
                    PairedDifference::write,
                    PairedDifference::read)
                .merging(PairedDifference::merge, s -> numbers(s.estimate())));
      }
    }
    put(
        all,
        WeightMoments.class,
        Kind.of(
                WeightMoments::new,
                (s, r) -> s.add(4 * r.nextDouble(), r.nextDouble()),
                WeightMoments::write,
                WeightMoments::read)
            .merging(
                WeightMoments::merge,
                s ->
                    new double[] {
                      s.n(),
                      s.effectiveSampleSize(),
                      s.rewardedEffectiveSampleSize(),
                      s.largestWeight(),
                      s.largestWeightShare(),
                      s.largestRewardedShare(),
                      s.weightCheck(),
                      s.sumReward()
                    }));
    put(
        all,
        AbTest.class,
        Kind.of(
                AbTest::new,
                (s, r) -> s.add(4 * r.nextDouble(), r.nextDouble()),
                AbTest::write,
                AbTest::read)
            .merging(
                AbTest::merge,
                s ->
                    new double[] {
                      s.probabilityOfUplift(100, 0.1).orElse(-1),
                      s.probabilityOfUpliftAtFixedCount(100, 0.1).orElse(-1)
                    }));
    put(
        all,
        PayoffMoments.class,
        Kind.of(
            () -> new PayoffMoments(0.3),
            (s, r) -> s.add(r.nextDouble(), r.nextDouble()),
            PayoffMoments::write,
            PayoffMoments::read));
  }

  private static void intervals(Map<String, Kind<?>> all) {
    put(
        all,
        MixtureSequence.class,
        Kind.of(
            () -> new MixtureSequence(0.05),
            (s, r) -> s.add(2 * r.nextDouble()),
            MixtureSequence::write,
            MixtureSequence::read));
    put(
        all,
        PlugInSequence.class,
        Kind.of(
            () -> new PlugInSequence(0.05),
            (s, r) -> s.add(2 * r.nextDouble()),
            PlugInSequence::write,
            PlugInSequence::read));
    put(
        all,
        ValueSequence.class,
        Kind.of(
            () -> new ValueSequence(0.05),
            (s, r) -> s.add(2 * r.nextDouble(), r.nextDouble()),
            ValueSequence::write,
            ValueSequence::read));
    put(
        all,
        DifferenceSequence.class,
        Kind.of(
            () -> new DifferenceSequence(0.05),
            (s, r) -> s.add(2 * r.nextDouble(), r.nextDouble()),
            DifferenceSequence::write,
            DifferenceSequence::read));
    put(
        all,
        BettingTest.class,
        Kind.of(
            () -> new BettingTest(0.5, 0.05),
            (s, r) -> s.add(2 * r.nextDouble()),
            BettingTest::write,
            BettingTest::read));
    put(
        all,
        BettingMixture.class,
        Kind.of(
            () -> new BettingMixture(0.5, 0.05),
            (s, r) -> s.add(2 * r.nextDouble()),
            BettingMixture::write,
            BettingMixture::read));
    put(
        all,
        ChangeMixture.class,
        Kind.of(
            () -> new ChangeMixture(0.5, 0.001),
            (s, r) -> s.add(2 * r.nextDouble()),
            ChangeMixture::write,
            ChangeMixture::read));
    put(
        all,
        ChangeDetector.class,
        Kind.of(
            () -> new ChangeDetector(0.5, 0.001),
            (s, r) -> s.add(2 * r.nextDouble()),
            ChangeDetector::write,
            ChangeDetector::read));
    put(
        all,
        LogarithmicSmoothingBound.class,
        Kind.of(
                () -> new LogarithmicSmoothingBound(0.1, 0.05),
                (s, r) -> s.add(4 * r.nextDouble(), r.nextDouble()),
                LogarithmicSmoothingBound::write,
                LogarithmicSmoothingBound::read)
            .merging(LogarithmicSmoothingBound::merge, s -> new double[] {s.lower(), s.upper()}));
    put(
        all,
        ImplicitExplorationBound.class,
        Kind.of(
                () -> new ImplicitExplorationBound(0.1, 0.05),
                (s, r) -> s.add(r.nextDouble(), 0.1 + 0.9 * r.nextDouble(), r.nextDouble()),
                ImplicitExplorationBound::write,
                ImplicitExplorationBound::read)
            .merging(ImplicitExplorationBound::merge, s -> new double[] {s.lower(), s.upper()}));
  }

  private static void comparisons(Map<String, Kind<?>> all) {
    put(
        all,
        DeployedDifference.class,
        Kind.of(
            () -> new DeployedDifference(0.05),
            (s, r) -> s.add(3 * r.nextDouble(), 3 * r.nextDouble(), r.nextDouble(), 0),
            DeployedDifference::write,
            DeployedDifference::read));
    put(
        all,
        DeployedComparisons.class,
        Kind.of(
            () -> new DeployedComparisons(0.05),
            (s, r) -> {
              PolicyVersion version = new PolicyVersion("p", r.nextInt(4));
              PolicyVersion deployed = new PolicyVersion("p", r.nextInt(3));
              double[] rewards = r.doubles(3).toArray();
              s.add(
                  new DeployedBlock(
                      deployed, "to " + deployed, r.doubles(3).toArray(), rewards, new double[3]),
                  version,
                  r.doubles(3).toArray());
              s.close(new PolicyVersion("p", r.nextInt(4)), r.nextLong(100));
            },
            DeployedComparisons::write,
            DeployedComparisons::read));
  }

  private static void models(Map<String, Kind<?>> all) {
    put(
        all,
        DirichletPropensity.class,
        new Kind<>(
            () -> new DirichletPropensity(50, 2),
            (s, r) -> s.update("a" + r.nextInt(4), r.nextLong(20_000)),
            DirichletPropensity::write,
            DirichletPropensity::read,
            null,
            null));
    put(
        all,
        SoftmaxPropensity.class,
        Kind.of(
            () -> new SoftmaxPropensity(3, 4, 0.2),
            (s, r) -> s.update(r.doubles(3, -1, 1).toArray(), r.nextInt(4)),
            SoftmaxPropensity::write,
            SoftmaxPropensity::read));
    double[][] tower = {{1, 2, 3}, {0, 1, 0}, {-1, 0.5, 2}};
    put(
        all,
        TwoTowerPropensity.class,
        Kind.of(
            () -> new TwoTowerPropensity(tower, new double[3], new double[] {1, 1, 1}, 0.1),
            (s, r) -> s.update(r.doubles(3, -1, 1).toArray(), r.nextInt(3)),
            TwoTowerPropensity::write,
            TwoTowerPropensity::read));
    put(
        all,
        ContextualPropensity.class,
        new Kind<>(
            () -> new ContextualPropensity(PropensityMethod.TWO_TOWER, 3, 2, 0.1, 5_000),
            (s, r) -> {
              s.advance(r.nextLong(20_000));
              s.update("a" + r.nextInt(4), r.doubles(3, -1, 1).toArray());
            },
            ContextualPropensity::write,
            ContextualPropensity::read,
            null,
            null));
    put(
        all,
        PropensityAudit.class,
        Kind.of(
                PropensityAudit::new,
                (s, r) -> s.add("a" + r.nextInt(3), 0.1 + 0.9 * r.nextDouble()),
                PropensityAudit::write,
                PropensityAudit::read)
            .merging(
                PropensityAudit::merge,
                s ->
                    s.findings().stream()
                        .flatMapToDouble(f -> Arrays.stream(new double[] {f.mean(), f.z()}))
                        .toArray()));
    put(
        all,
        PropensityRowAudit.class,
        Kind.of(
                PropensityRowAudit::new,
                (s, r) -> {
                  double p = 0.1 + 0.8 * r.nextDouble();
                  s.add(List.of("a", "b"), new double[] {p, 1 - p}, r.nextDouble() < p ? 0 : 1);
                },
                PropensityRowAudit::write,
                PropensityRowAudit::read)
            .merging(
                PropensityRowAudit::merge,
                s ->
                    s.findings().stream()
                        .flatMapToDouble(f -> Arrays.stream(new double[] {f.expected(), f.z()}))
                        .toArray()));
    put(
        all,
        MeanRewardModel.class,
        Kind.of(
                () -> new MeanRewardModel(2, true),
                (s, r) -> s.update("s" + r.nextInt(2), context(r), r.nextInt(6), r.nextDouble()),
                MeanRewardModel::write,
                MeanRewardModel::read)
            .merging(
                MeanRewardModel::merge,
                s -> new double[] {s.predict("s1", null, 3), s.predict("t", null, 1)}));
    all.put(
        MeanRewardModel.class.getName() + " decayed",
        Kind.of(
            () -> new MeanRewardModel(2, true, 1),
            (s, r) -> s.update("s" + r.nextInt(2), context(r), r.nextInt(6), r.nextDouble()),
            MeanRewardModel::write,
            MeanRewardModel::read));
    for (BilinearRewardModel.Link link : BilinearRewardModel.Link.values()) {
      all.put(
          BilinearRewardModel.class.getName() + " " + link,
          Kind.of(
              () -> new BilinearRewardModel(ITEMS.embeddings(), 3, link, 0.1, 0.01),
              (s, r) -> s.update("s", context(r), r.nextInt(6), r.nextDouble()),
              BilinearRewardModel::write,
              BilinearRewardModel::read));
    }
    put(
        all,
        TwoStepRegression.class,
        Kind.of(
            () ->
                new TwoStepRegression(3, ITEMS.embeddings(), CLUSTERS, CLUSTER_OF_ITEM, 0.1, 0.01),
            (s, r) -> {
              double[] x = r.doubles(3, -1, 1).toArray();
              s.updatePair(x, 0, r.nextDouble(), 1 + r.nextInt(2), r.nextDouble());
              s.updateBaseline(x, r.nextInt(6), r.nextDouble());
            },
            TwoStepRegression::write,
            TwoStepRegression::read));
  }

  private static void source(Map<String, Kind<?>> all) {
    List<LoggedFeedback> log = Logs.uniform(ITEMS, 3, 40, 3);
    put(
        all,
        RewardModelSource.class,
        Kind.of(
            () -> new RewardModelSource(new MeanRewardModel(2, true), ITEMS, 3),
            (s, r) -> s.learn(log.subList(r.nextInt(20), 20 + r.nextInt(20))),
            RewardModelSource::write,
            RewardModelSource::read));
  }

  private static Context context(SplittableRandom random) {
    return Context.dense(new float[] {1, (float) random.nextDouble(), (float) random.nextDouble()});
  }

  @Property(tries = 15)
  void halfWrittenReadAndContinuedIsTheWholeBitForBit(@ForAll long seed) {
    kinds().forEach((name, kind) -> continues(name, kind, seed));
  }

  private static <T> void continues(String name, Kind<T> kind, long seed) {
    T whole = kind.create().get();
    kind.feed(seed, k -> whole);
    List<T> half = new ArrayList<>(List.of(kind.create().get()));
    kind.feed(
        seed,
        k -> {
          if (k == N / 2) {
            half.set(0, kind.throughBytes(half.get(0)));
          }
          return half.get(0);
        });
    assertThat(kind.bytes(half.get(0))).as(name).isEqualTo(kind.bytes(whole));
  }

  @Property(tries = 15)
  void mergeInAnyGroupingAndOrderIsAddingAll(@ForAll long seed) {
    kinds()
        .forEach(
            (name, kind) -> {
              if (kind.merge() != null) {
                merges(name, kind, seed);
              }
            });
  }

  private static <T> void merges(String name, Kind<T> kind, long seed) {
    SplittableRandom random = new SplittableRandom(seed + 1);
    T whole = kind.create().get();
    kind.feed(seed, k -> whole);
    List<T> parts = new ArrayList<>();
    for (int k = 0; k < 2 + random.nextInt(4); k++) {
      parts.add(kind.create().get());
    }
    kind.feed(seed, k -> parts.get(random.nextInt(parts.size())));
    while (parts.size() > 1) {
      T other = parts.remove(random.nextInt(parts.size()));
      kind.merge().accept(parts.get(random.nextInt(parts.size())), other);
    }
    double[] want = kind.numbers().apply(whole);
    double[] got = kind.numbers().apply(parts.get(0));
    assertThat(got).as(name).hasSameSizeAs(want);
    for (int k = 0; k < want.length; k++) {
      assertThat(got[k]).as(name).isCloseTo(want[k], within(1e-7 * (1 + Math.abs(want[k]))));
    }
  }

  /** Estimators are covered by their enum, decayed ones by {@link DecayedLawsTest}. */
  @Test
  void noneIsForgotten() throws URISyntaxException, ClassNotFoundException {
    TreeSet<String> covered = new TreeSet<>();
    kinds().keySet().forEach(name -> covered.add(name.replaceAll(" .*", "")));
    covered.add(DecayedEstimator.class.getName());
    TreeSet<String> streaming = new TreeSet<>();
    Path classes =
        Path.of(ValueEstimator.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    for (String inPackage : PACKAGES) {
      File[] files = classes.resolve("hindcast").resolve(inPackage).toFile().listFiles();
      for (File file : files) {
        Class<?> type =
            Class.forName("hindcast." + inPackage + "." + file.getName().replace(".class", ""));
        if (keepsAStream(type)) {
          streaming.add(type.getName());
        }
      }
    }
    assertThat(covered).containsAll(streaming);
  }

  private static boolean keepsAStream(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && !Modifier.isAbstract(type.getModifiers())
        && !ValueEstimator.class.isAssignableFrom(type)
        && Arrays.stream(type.getMethods())
            .anyMatch(
                m ->
                    m.getName().equals("write")
                        && Arrays.equals(m.getParameterTypes(), new Class<?>[] {DataOutput.class}));
  }
}
