package hindcast.local;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C (SIGINT) and SIGTERM as a request to stop, while the JVM goes on: a shutdown hook would
 * race with the hooks of Flink and the broker. The second request ends the JVM at once with exit
 * code 130.
 *
 * <p>Where the platform has no signals the request never comes.
 */
public final class StopSignal implements AutoCloseable {

  private static final int INTERRUPTED = 130;
  private static final String[] SIGNALS = {"INT", "TERM"};

  private final CountDownLatch requested = new CountDownLatch(1);
  private final Object[] previous = new Object[SIGNALS.length];

  private StopSignal() {}

  /** Listens until closed. */
  public static StopSignal install() {
    StopSignal signal = new StopSignal();
    for (int i = 0; i < SIGNALS.length; i++) {
      signal.previous[i] = handle(SIGNALS[i], signal.handler());
    }
    return signal;
  }

  /** Whether stopping was asked for. */
  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Asks to stop, as the signal does. */
  public void request() {
    requested.countDown();
  }

  /** Waits for the request at most this long; true if it has come. */
  public boolean await(long millis) throws InterruptedException {
    return requested.await(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    for (int i = 0; i < SIGNALS.length; i++) {
      if (previous[i] != null) {
        handle(SIGNALS[i], previous[i]);
      }
    }
  }

  private Object handler() {
    InvocationHandler onSignal =
        (proxy, method, arguments) -> {
          switch (method.getName()) {
            case "handle" -> {
              if (isRequested()) {
                Runtime.getRuntime().halt(INTERRUPTED);
              }
              request();
              return null;
            }
            case "equals" -> {
              return proxy == arguments[0];
            }
            case "hashCode" -> {
              return System.identityHashCode(proxy);
            }
            default -> {
              return "stop signal";
            }
          }
        };
    try {
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, onSignal);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  /** Installs a handler; returns the one before, or null if that was not possible. */
  private static Object handle(String name, Object handler) {
    if (handler == null) {
      return null;
    }
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      return signal
          .getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
          .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return null;
    }
  }
}
