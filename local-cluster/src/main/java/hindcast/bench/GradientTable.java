package hindcast.bench;

import java.util.Locale;
import java.util.Map;

/** A gradient benchmark as text. */
final class GradientTable {
  private GradientTable() {}

  static String of(GradientRun run) {
    StringBuilder out = new StringBuilder();
    out.append(
        "%s, %,d items x %d, minibatches of %d%n"
            .formatted(run.data(), run.size(), run.dimension(), run.settings().batchSize()));
    out.append(limits(run.limits()));
    for (BuildTime build : run.builds()) {
      out.append(build(build));
    }
    if (run.peer() != null) {
      out.append("peer: ").append(run.peer()).append(System.lineSeparator());
    }
    for (Stage stage : run.stages()) {
      for (Reward reward : Reward.values()) {
        out.append(section(run, stage, reward));
      }
    }
    return out.toString();
  }

  static String limits(MachineLimits limits) {
    StringBuilder reads = new StringBuilder();
    for (Map.Entry<Integer, Double> read : limits.sequentialReadGigabytes().entrySet()) {
      reads.append(", read %d MB %.1f GB/s".formatted(read.getKey(), read.getValue()));
    }
    return String.format(
        Locale.ROOT,
        "limits of one core (%s): peak %.1f GFLOP/s%s, random row %.1f ns, GEMM cached %.0f %%,"
            + " streaming %.0f %% of peak%n",
        limits.kernels(),
        limits.fmaPeakGflops(),
        reads,
        limits.randomRowDotNanos(),
        100 * limits.gemmCachedGflops() / limits.fmaPeakGflops(),
        100 * limits.gemmStreamingGflops() / limits.fmaPeakGflops());
  }

  static String build(BuildTime build) {
    return String.format(
        Locale.ROOT,
        "%s: %s in %.1f s, %.1f CPU s%s%n",
        build.name(),
        build.cached() ? "read" : "built",
        build.seconds(),
        build.cpuSeconds(),
        build.bytes() == 0 ? "" : ", %,d MB".formatted(build.bytes() >> 20));
  }

  private static String section(GradientRun run, Stage stage, Reward reward) {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "%n%s, perplexity %.0f, %s%n%-24s %10s %10s %10s %8s %10s  %s%n",
            stage.name(),
            stage.perplexity(),
            reward.text(),
            "",
            "CPU ms",
            "p10",
            "rel. MSE",
            "cosine",
            "bias^2",
            ""));
    for (GradientResult result : run.results()) {
      if (result.stage().equals(stage.name()) && result.reward() == reward) {
        out.append(
            String.format(
                Locale.ROOT,
                "%-24s %10.3f %10.3f %10.2g %8.4f %10.2g  %s%n",
                result.label(),
                result.cpuMs().median(),
                result.cpuMs().p10(),
                result.relativeMse(),
                result.cosine(),
                result.biasSquared(),
                result.chosen()));
      }
    }
    return out.toString();
  }
}
