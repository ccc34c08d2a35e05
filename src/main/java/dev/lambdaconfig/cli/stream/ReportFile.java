package dev.lambdaconfig.cli.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that people name for a report. It is written in place, because its name may be that of a
 * device, a pipe or a link. Of a report that cannot be written to its end nothing stays.
 */
public final class ReportFile {

  private final Path file;

  /** Names a file. */
  public ReportFile(Path file) {
    this.file = file;
  }

  /** Writes a report in place of what the file has. If that fails, there is no file. */
  public void replace(String text) throws IOException {
    try (FileChannel channel = open(StandardOpenOption.TRUNCATE_EXISTING)) {
      write(channel, text, 0);
    } catch (UnfinishedException e) {
      if (Files.isRegularFile(file)) {
        Files.delete(file.toRealPath());
      }
      throw e.reason;
    }
  }

  /** Writes a report after what the file has. If that fails, the file has what it had. */
  public void append(String text) throws IOException {
    try (FileChannel channel = open(StandardOpenOption.APPEND)) {
      write(channel, text, Files.isRegularFile(file) ? channel.size() : 0);
    } catch (UnfinishedException e) {
      throw e.reason;
    }
  }

  private FileChannel open(StandardOpenOption how) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
  }

  /** Writes a text at the end; if that fails, cuts the file to the length that it had. */
  private void write(FileChannel channel, String text, long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      if (Files.isRegularFile(file)) {
        channel.truncate(length);
      }
      throw new UnfinishedException(e);
    }
  }

  /** A file of which a part is written. */
  private static final class UnfinishedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final IOException reason;

    UnfinishedException(IOException reason) {
      super(reason);
      this.reason = reason;
    }
  }
}
