package hindcast.connectors;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that are whole or not there, and their SHA-256. */
public final class FileHash {
  private static final int BUFFER = 1 << 16;
  private static final String TEMPORARY = ".tmp";
  private static final Pattern TEMPORARY_NAME = Pattern.compile("(.*)\\.\\d+\\.tmp");

  private FileHash() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes to a temporary file beside {@code file}, syncs it, moves it into place and syncs the
   * directory: after this returns, the file survives a crash; if it throws, nothing is left. A
   * killed writer leaves its temporary file, unlocked: see {@link #removeAbandoned}.
   */
  public static void writeAtomically(Path file, Content content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Temporary temporary = create(directory, file.getFileName() + ".");
    try {
      try (FileChannel channel = temporary.channel()) {
        content.writeTo(Channels.newOutputStream(channel));
        channel.force(true);
        Files.move(
            temporary.path(),
            file,
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    } finally {
      Files.deleteIfExists(temporary.path());
    }
  }

  /**
   * Removes temporary files that killed writers left in a directory. A living writer holds a lock
   * on its own, in this process or in another, and keeps it.
   *
   * @param names names of the files that were being written
   * @return how many there were
   */
  public static int removeAbandoned(Path directory, Pattern names) throws IOException {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    int removed = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + TEMPORARY)) {
      for (Path file : files) {
        Matcher temporary = TEMPORARY_NAME.matcher(file.getFileName().toString());
        boolean ours = temporary.matches() && names.matcher(temporary.group(1)).matches();
        removed += ours && isAbandoned(file) && Files.deleteIfExists(file) ? 1 : 0;
      }
    }
    return removed;
  }

  private record Temporary(Path path, FileChannel channel) {}

  /** A new file, locked until its stream is closed where the file system has locks. */
  private static synchronized Temporary create(Path directory, String start) throws IOException {
    long number = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
    Path path = directory.resolve(start + number + TEMPORARY);
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    tryLock(channel);
    return new Temporary(path, channel);
  }

  private static synchronized boolean isAbandoned(Path temporary) throws IOException {
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      return tryLock(channel);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Locks until the channel is closed; false if another holds the lock, or there are none. */
  private static boolean tryLock(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
  }

  /** SHA-256 of a file, in hex. */
  public static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** SHA-256 of bytes, in hex. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /** A fresh SHA-256 digest. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
