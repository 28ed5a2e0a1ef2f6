package hindcast.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports of the loopback interface, 0 standing for any free one. */
public final class LocalPort {

  /** The only address anything here listens on. */
  public static final String LOOPBACK = "127.0.0.1";

  private LocalPort() {}

  /**
   * The port to listen on: {@code wanted} if it is free, a free one if {@code wanted} is 0.
   *
   * @param option the option a user would change, named in the message
   * @throws LocalStartException if the port is out of range, taken or forbidden
   */
  public static int claim(String option, int wanted) {
    if (wanted < 0 || wanted > 65535) {
      throw new LocalStartException(
          option + " must be a port from 1 to 65535, or 0 for any free one: " + wanted);
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), wanted));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new LocalStartException(
          "port "
              + wanted
              + " cannot be used ("
              + e.getMessage()
              + "): choose another with "
              + option
              + ", or 0 for any free one",
          e);
    }
  }
}
