package hindcast.cli;

import hindcast.local.certificate.CodeVersion;
import java.io.IOException;
import picocli.CommandLine.IVersionProvider;

/** The version this was built as. */
public final class VersionProvider implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {"hindcast " + CodeVersion.number()};
  }
}
