package dev.lambdaconfig.cli.stream;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * The standard output, which keeps why it could not be written: a {@code PrintStream} knows only
 * that. After a failure nothing is written of a report, so that what is there is the beginning of
 * the whole; a log goes on.
 */
public final class StandardOutput extends OutputStream {

  private static final int BUFFER = 8192;

  private final OutputStream out;
  private final boolean ofReport;
  private @Nullable IOException failure;

  /**
   * Writes to a stream.
   *
   * @param ofReport whether nothing is written after a failure
   */
  public StandardOutput(OutputStream out, boolean ofReport) {
    this.out = out;
    this.ofReport = ofReport;
  }

  /**
   * Puts one over the standard output of the process in place of {@code System.out}.
   *
   * @param ofReport whether nothing is written after a failure
   */
  public static StandardOutput install(boolean ofReport) {
    StandardOutput output = new StandardOutput(new FileOutputStream(FileDescriptor.out), ofReport);
    System.setOut(
        new PrintStream(new BufferedOutputStream(output, BUFFER), true, System.out.charset()));
    return output;
  }

  /** Returns why something could not be written, or null. */
  public synchronized @Nullable String problem() {
    return failure == null ? null : WriteProblem.of(failure);
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (failure != null && ofReport) {
      throw failure;
    }
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }
}
