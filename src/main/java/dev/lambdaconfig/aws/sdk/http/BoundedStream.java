package dev.lambdaconfig.aws.sdk.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.http.Abortable;

/** The body of an answer up to a number of bytes. Whoever reads on gets an exception. */
final class BoundedStream extends FilterInputStream {

  private final Abortable connection;
  private final int most;
  private long left;

  /**
   * Creates a stream at its start.
   *
   * @param connection aborted when there is more, because a close would read all of it
   */
  BoundedStream(InputStream body, Abortable connection, int most) {
    super(body);
    this.connection = connection;
    this.most = most;
    this.left = most;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    count(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    count(read);
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = super.skip(bytes);
    count(skipped);
    return skipped;
  }

  private void count(long bytes) throws IOException {
    left -= Math.max(0, bytes);
    if (left < 0) {
      connection.abort();
      throw new TooLongException(most);
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
