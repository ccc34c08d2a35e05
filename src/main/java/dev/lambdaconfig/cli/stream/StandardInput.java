package dev.lambdaconfig.cli.stream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The standard input, which says of itself that it is closed. A JVM that starts with a closed one
 * opens its own files as descriptor 0: they would be read in its place, and the JVM ends with a
 * fault once they are closed. So this stream never closes what it reads.
 */
public final class StandardInput extends InputStream {

  private final InputStream in;
  private final Path descriptor;
  private final Path javaHome;

  /**
   * Reads nothing yet.
   *
   * @param descriptor a link to what is read, which need not be there
   * @param javaHome the directory of the JVM's own files
   */
  StandardInput(InputStream in, Path descriptor, Path javaHome) {
    this.in = in;
    this.descriptor = descriptor;
    this.javaHome = javaHome;
  }

  /** Returns that of the process. */
  public static InputStream ofProcess() {
    return new StandardInput(
        System.in, Path.of("/proc/self/fd/0"), Path.of(System.getProperty("java.home")));
  }

  @Override
  public int read() throws IOException {
    requireOpen();
    return in.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    requireOpen();
    return in.read(bytes, offset, length);
  }

  @Override
  public int available() throws IOException {
    requireOpen();
    return in.available();
  }

  /** Leaves what is read open. */
  @Override
  public void close() {}

  private void requireOpen() throws IOException {
    if (isFileOfJava()) {
      throw new IOException("the standard input is closed");
    }
  }

  /** Whether the JVM reads its own file; false where nobody can tell, as outside of Linux. */
  private boolean isFileOfJava() {
    try {
      return Files.isSymbolicLink(descriptor)
          && Files.readSymbolicLink(descriptor).startsWith(javaHome.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }
}
