package dev.lambdaconfig.aws.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that opens the tunnels to it as a company's does: by a certificate of its own, which the
 * client has to trust. All that it is sent goes to one server, whatever the name.
 */
final class ForwardProxy implements AutoCloseable {

  private static final String ALIAS = "proxy";
  private static final String PASSWORD = "changeit";

  private final int target;
  private final SSLContext tls;
  private final @Nullable String credentials;
  private final ServerSocket listening;

  /** The first lines of the requests that were let through. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  /**
   * A key and its certificate.
   *
   * @param certificate the PEM file of the certificate, which clients have to trust
   */
  record Keys(SSLContext tls, Path certificate) {

    /** Creates them by the JDK's own tool, for the names of AWS in one Region. */
    static Keys in(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
      Path file = folder.resolve("proxy.p12");
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  ALIAS,
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=proxy",
                  "-ext",
                  "san=dns:*.eu-west-1.amazonaws.com",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  file.toString(),
                  "-storepass",
                  PASSWORD)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("keytool.txt").toFile())
              .start();
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException(Files.readString(folder.resolve("keytool.txt")));
      }
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        keys.load(in, PASSWORD.toCharArray());
      }
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      String pem =
          "-----BEGIN CERTIFICATE-----\n"
              + Base64.getMimeEncoder().encodeToString(keys.getCertificate(ALIAS).getEncoded())
              + "\n-----END CERTIFICATE-----\n";
      return new Keys(context, Files.writeString(folder.resolve("proxy.pem"), pem));
    }
  }

  /**
   * Starts one on the loopback.
   *
   * @param credentials user and password that it demands, with a colon between, or null
   */
  ForwardProxy(URI server, Keys keys, @Nullable String credentials) throws IOException {
    this.target = server.getPort();
    this.tls = keys.tls();
    this.credentials = credentials;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Host and port, with what a variable may have before them. */
  String address(String before) {
    return before + "127.0.0.1:" + listening.getLocalPort();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      while (!isAdmitted(head)) {
        write(
            client,
            String.join(
                "\r\n",
                "HTTP/1.1 407 Proxy Authentication Required",
                "Proxy-Authenticate: Basic realm=proxy",
                "Content-Length: 0",
                "",
                ""));
        head = head(client.getInputStream());
      }
      requests.add(head.substring(0, head.indexOf("\r\n")));
      try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
        if (head.startsWith("CONNECT ")) {
          write(client, "HTTP/1.1 200 OK\r\n\r\n");
          SSLSocket opened =
              (SSLSocket) tls.getSocketFactory().createSocket(client, null, client.getPort(), true);
          opened.setUseClientMode(false);
          exchange(opened, server);
        } else {
          write(server, head);
          exchange(client, server);
        }
      }
    } catch (IOException e) {
      // The client has left, or does not trust the certificate.
    }
  }

  private boolean isAdmitted(String head) {
    return credentials == null
        || head.contains(
            "Proxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8))
                + "\r\n");
  }

  private static void exchange(Socket client, Socket server) throws IOException {
    Thread answers = Thread.ofVirtual().start(() -> copy(server, client));
    copy(client, server);
    server.shutdownOutput();
    try {
      answers.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One side has left.
    }
  }

  private static void write(Socket to, String text) throws IOException {
    OutputStream out = to.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the client has left");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
