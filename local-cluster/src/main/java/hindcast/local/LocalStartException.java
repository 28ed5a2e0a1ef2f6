package hindcast.local;

/**
 * Something on this machine keeps the local cluster from starting: a taken port, a directory that
 * cannot be written, a directory another process holds. The message is one line that names the
 * value and the way out; the command line prints it and exits with code 2.
 */
public final class LocalStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LocalStartException(String message) {
    super(message);
  }

  public LocalStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
