package hindcast.local.cluster;

import hindcast.local.LocalPort;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy on the loopback interface that can be cut, held or slowed.
 *
 * <p>Cut: every connection is closed, new ones at once. Held: connections stay and carry nothing,
 * as behind a firewall that drops packets. Slow: every piece of up to 16 KB waits. Thread-safe.
 */
public final class FaultyLink implements Closeable {
  private static final int PIECE = 16 << 10;
  private static final long HOLD_MILLIS = 20;

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile LinkMode mode = LinkMode.OPEN;

  private FaultyLink(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** Listens on {@code port} and carries what comes to {@code target}. */
  public static FaultyLink start(int port, int target) throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getByName(LocalPort.LOOPBACK), port));
    FaultyLink link = new FaultyLink(server, target);
    daemon(link::accept, "link-" + port).start();
    return link;
  }

  /** Changes what happens to everything from now on. */
  public void set(LinkMode wanted) {
    mode = wanted;
    if (wanted.kind() == LinkMode.Kind.CUT) {
      sockets.forEach(this::closeQuietly);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    sockets.forEach(this::closeQuietly);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        connect(server.accept());
      } catch (IOException e) {
        // the listener was closed, or one connection could not be made: its client tries again
      }
    }
  }

  private void connect(Socket client) throws IOException {
    sockets.add(client);
    if (mode.kind() == LinkMode.Kind.CUT) {
      closeQuietly(client);
      return;
    }
    Socket broker = new Socket();
    try {
      broker.connect(new InetSocketAddress(InetAddress.getByName(LocalPort.LOOPBACK), target));
    } catch (IOException e) {
      closeQuietly(client);
      throw e;
    }
    sockets.add(broker);
    client.setTcpNoDelay(true);
    broker.setTcpNoDelay(true);
    daemon(() -> carry(client, broker), "link-out").start();
    daemon(() -> carry(broker, client), "link-in").start();
  }

  private void carry(Socket from, Socket to) {
    byte[] piece = new byte[PIECE];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        await();
        out.write(piece, 0, read);
      }
    } catch (IOException e) {
      // one end is gone: so is the other
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private void await() throws InterruptedException {
    Duration delay = mode.delay();
    if (!delay.isZero()) {
      Thread.sleep(delay.toMillis());
    }
    while (mode.kind() == LinkMode.Kind.HELD) {
      Thread.sleep(HOLD_MILLIS);
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  private void closeQuietly(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // closed is what it shall be
    }
  }
}
