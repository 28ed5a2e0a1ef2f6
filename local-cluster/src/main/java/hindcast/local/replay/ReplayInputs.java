package hindcast.local.replay;

import hindcast.jobs.config.EvaluatedPolicyConfig;
import hindcast.jobs.config.PipelineConfig;
import hindcast.local.LogInputs;
import hindcast.local.certificate.InputFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Every file a replay reads. */
final class ReplayInputs {
  private ReplayInputs() {}

  static List<InputFile> of(ReplaySettings settings, PipelineConfig config) {
    List<InputFile> inputs = new ArrayList<>();
    add(inputs, "log", settings.logs());
    add(inputs, "rewards", settings.rewards());
    if (settings.mapping() != null) {
      inputs.add(InputFile.of("mapping", settings.mapping()));
    }
    if (settings.items() != null) {
      inputs.add(InputFile.of("items", settings.items()));
    }
    if (settings.configuration() != null) {
      inputs.add(InputFile.of("configuration", settings.configuration()));
    }
    settings.candidates().forEach(file -> inputs.add(InputFile.of("candidates", file)));
    for (EvaluatedPolicyConfig policy : config.evaluation().policies()) {
      if (!policy.location().isBlank()) {
        inputs.add(InputFile.of("table", Path.of(policy.location())));
      }
    }
    return inputs;
  }

  private static void add(List<InputFile> inputs, String role, LogInputs files) {
    for (Path file : files.files()) {
      inputs.add(InputFile.of(role, file, files.name(file)));
    }
  }
}
