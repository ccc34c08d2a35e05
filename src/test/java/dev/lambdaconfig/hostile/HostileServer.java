package dev.lambdaconfig.hostile;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A server that reads requests and answers each with bytes, of which nothing need be HTTP. */
final class HostileServer implements AutoCloseable {

  private static final int LARGEST_HEAD = 1 << 16;

  private final ServerSocket socket;
  private final Supplier<HostileAnswer> answers;

  HostileServer(Supplier<HostileAnswer> answers) throws IOException {
    this.answers = answers;
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("hostile-server").start(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  private void accept() {
    try {
      while (!socket.isClosed()) {
        Socket connection = socket.accept();
        Thread.ofVirtual().name("hostile-answer").start(() -> answer(connection));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void answer(Socket connection) {
    try (connection) {
      readRequest(new BufferedInputStream(connection.getInputStream()));
      HostileAnswer answer = answers.get();
      for (byte[] piece : answer.pieces()) {
        connection.getOutputStream().write(piece);
        connection.getOutputStream().flush();
        LockSupport.parkNanos(answer.pieces().size() > 1 ? Duration.ofMillis(3).toNanos() : 0);
      }
      if (answer.reset()) {
        connection.setSoLinger(true, 0);
      }
    } catch (IOException e) {
      // The client has had enough.
    }
  }

  private static void readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n") && head.length() < LARGEST_HEAD) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.append((char) next);
    }
    for (String line : head.toString().split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        in.readNBytes(Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()));
      }
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
