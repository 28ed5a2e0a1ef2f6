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
  private static final Map<String, Consumer<?>> CONSUMERS = new ConcurrentHashMap<>();

  private final String name;

  private CollectingSink(String name) {
    this.name = name;
  }

  /** A consumer as long as it listens. */
  public static final class Collection<T> implements AutoCloseable {
    private final String name = UUID.randomUUID().toString();

    private Collection(Consumer<T> consumer) {
      CONSUMERS.put(name, consumer);
    }

    /** The sink to end a stream with. */
    public CollectingSink<T> sink() {
      return new CollectingSink<>(name);
    }

    @Override
    public void close() {
      CONSUMERS.remove(name);
    }
  }

  /** Listens until the collection is closed. */
  public static <T> Collection<T> into(Consumer<T> consumer) {
    return new Collection<>(consumer);
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    @SuppressWarnings("unchecked")
    Consumer<T> consumer = (Consumer<T>) CONSUMERS.get(name);
    if (consumer == null) {
      throw new IllegalStateException("nobody listens to collection " + name);
    }
    return new Writer<>(consumer);
  }

  private record Writer<T>(Consumer<T> consumer) implements SinkWriter<T> {

    @Override
    public void write(T element, Context context) {
      consumer.accept(element);
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {}
  }
}
