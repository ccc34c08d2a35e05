package dev.lambdaconfig.hostile;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A server that reads requests and answers each with bytes, of which nothing need be HTTP. */
final class HostileServer implements AutoCloseable {

  /** What is answered to a request. */
  @FunctionalInterface
  interface Answers {
    HostileAnswer to(HostileRequest request) throws IOException;
  }

  private final ServerSocket socket;
  private final Answers answers;

  HostileServer(Answers answers) throws IOException {
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
      HostileAnswer answer =
          answers.to(HostileRequest.read(new BufferedInputStream(connection.getInputStream())));
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

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
