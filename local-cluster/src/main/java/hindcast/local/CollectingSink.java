package hindcast.local;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Hands the records of a job to a consumer in this JVM, as they come.
 *
 * <p>After a failure the job repeats records from its last checkpoint, so the consumer must be an
 * upsert by key. It is called by several threads. The sink itself holds a name only; a job that
 * outlives its {@link Collection} fails.
 */
public final class CollectingSink<T> implements Sink<T> {

  private static final long serialVersionUID = 1L;
  private static final Map<String, Listener<?>> LISTENERS = new ConcurrentHashMap<>();

  private record Listener<T>(Consumer<T> consumer, Runnable beforeCheckpoint) {}

  private final String name;

  private CollectingSink(String name) {
    this.name = name;
  }

  /** A consumer as long as it listens. */
  public static final class Collection<T> implements AutoCloseable {
    private final String name = UUID.randomUUID().toString();

    private Collection(Listener<T> listener) {
      LISTENERS.put(name, listener);
    }

    /** The sink to end a stream with. */
    public CollectingSink<T> sink() {
      return new CollectingSink<>(name);
    }

    @Override
    public void close() {
      LISTENERS.remove(name);
    }
  }

  /** Listens until the collection is closed. */
  public static <T> Collection<T> into(Consumer<T> consumer) {
    return into(consumer, () -> {});
  }

  /**
   * Listens until the collection is closed.
   *
   * @param beforeCheckpoint called before each checkpoint, and at the end, by every thread that has
   *     handed records on
   */
  public static <T> Collection<T> into(Consumer<T> consumer, Runnable beforeCheckpoint) {
    return new Collection<>(new Listener<>(consumer, beforeCheckpoint));
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    @SuppressWarnings("unchecked")
    Listener<T> listener = (Listener<T>) LISTENERS.get(name);
    if (listener == null) {
      throw new IllegalStateException("nobody listens to collection " + name);
    }
    return new Writer<>(listener);
  }

  private record Writer<T>(Listener<T> listener) implements SinkWriter<T> {

    @Override
    public void write(T element, Context context) {
      listener.consumer().accept(element);
    }

    @Override
    public void flush(boolean endOfInput) {
      listener.beforeCheckpoint().run();
    }

    @Override
    public void close() {}
  }
}
