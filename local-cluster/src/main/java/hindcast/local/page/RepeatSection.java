package hindcast.local.page;

import com.fasterxml.jackson.databind.JsonNode;
import hindcast.jobs.config.ConfigValues;
import hindcast.local.certificate.Certificate;
import hindcast.local.certificate.CodeVersion;
import hindcast.local.certificate.InputFile;
import hindcast.local.certificate.Section;
import hindcast.local.screen.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The exact command, inputs, code and results as hashes, and every setting. */
final class RepeatSection {
  private final PageData data;
  private final Sheet sheet;

  RepeatSection(PageData data, Sheet sheet) {
    this.data = data;
    this.sheet = sheet;
  }

  void write() {
    sheet.section("repeat", "Repeat it");
    sheet.code("./hindcast " + command(data.origin().command()));
    List<List<String>> inputs = new ArrayList<>();
    for (InputFile input : data.origin().inputs()) {
      inputs.add(List.of(input.role(), input.path(), Numbers.count(input.bytes()), input.sha256()));
    }
    sheet.markup().table("twnw", List.of("Input", "File", "Bytes", "SHA-256"), inputs);
    CodeVersion code = CodeVersion.running();
    sheet.note(
        "Hindcast %s, SHA-256 of its classes %s; %s %s, parallelism %s."
            .formatted(
                code.version(),
                code.classesSha256(),
                System.getProperty("java.vm.name"),
                Runtime.version(),
                data.origin().config().job().parallelism()));
    data.certificate()
        .ifPresentOrElse(
            this::certificate,
            () ->
                sheet.note(
                    "./hindcast replay --certificate FILE also writes the hashes of results, and"
                        + " --verify FILE repeats such a run and says what differs."));
    sheet.markup().open("details").element("summary", "Every setting of the run");
    sheet.code(
        ConfigValues.of(data.origin().config()).entrySet().stream()
            .map(value -> value.getKey() + ": " + value.getValue())
            .collect(Collectors.joining("\n")));
    sheet.markup().close();
    sheet.close();
  }

  private void certificate(Certificate certificate) {
    List<List<String>> parts = new ArrayList<>();
    for (Section part : Section.values()) {
      JsonNode entries = certificate.entries(part);
      parts.add(
          List.of(
              part.key(),
              Numbers.count(entries.size()),
              certificate.sha256(part),
              certificate.order(part)));
    }
    sheet
        .markup()
        .table("tnwt", List.of("Part of the certificate", "Entries", "SHA-256", "Order"), parts);
    sheet.note(
        "./hindcast replay --verify FILE, with the certificate that this run wrote, repeats it and"
            + " says what differs.");
  }

  /** The arguments as a shell reads them. */
  static String command(List<String> arguments) {
    return arguments.stream()
        .map(
            argument ->
                argument.matches("[A-Za-z0-9_./:=,@%+-]+")
                    ? argument
                    : "'" + argument.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
