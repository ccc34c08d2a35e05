package dev.lambdaconfig.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A container engine counts if it answers soon. */
class DockerPingTest {

  private static final Duration LIMIT = Duration.ofSeconds(1);

  @TempDir Path home;

  @Test
  void findsAnEngineThatAnswers() throws IOException {
    try (var engine = listen()) {
      Thread.startVirtualThread(() -> answer(engine, "HTTP/1.1 200 OK\r\n\r\nOK"));

      assertThat(ping(host())).isEqualTo(new DockerProbe.Answered(host()));
    }
  }

  @Test
  void doesNotTakeAnErrorForAnAnswer() throws IOException {
    try (var engine = listen()) {
      Thread.startVirtualThread(() -> answer(engine, "HTTP/1.1 503 Starting\r\n\r\n"));

      assertThat(ping(host()).toString()).contains("answered HTTP/1.1 503 Starting");
    }
  }

  @Test
  @Timeout(5)
  void givesUpOnAnEngineThatHangs() throws IOException {
    try (var engine = listen()) {
      assertThat(engine.isOpen()).isTrue();
      var began = System.nanoTime();

      assertThat(ping(host()).toString()).contains("did not answer a ping in time");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(LIMIT);
    }
  }

  @Test
  void namesTheSocketThatIsNotThere() {
    assertThat(ping(host()).toString()).contains(host() + " does not exist");
  }

  @Test
  void saysThatAnEngineBehindAnotherProtocolIsNotAsked() {
    assertThat(ping("ssh://somewhere").toString()).contains("neither unix:// nor tcp://");
  }

  @Test
  void survivesAnAddressThatIsNone() {
    assertThat(ping("tcp://")).isInstanceOf(DockerProbe.Silent.class);
    assertThat(ping("tcp://a b")).isInstanceOf(DockerProbe.Silent.class);
  }

  private DockerProbe.Ping ping(String dockerHost) {
    var ping = new DockerPing(LIMIT);
    return ping.ping(
        new HostEnvironment(
            Map.of("DOCKER_HOST", dockerHost),
            Map.of(),
            home,
            "linux",
            "amd64",
            ping,
            URI.create("http://127.0.0.1:1/")));
  }

  private String host() {
    return "unix://" + home.resolve("docker.sock");
  }

  private ServerSocketChannel listen() throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(home.resolve("docker.sock")));
  }

  private static void answer(ServerSocketChannel engine, String text) {
    try (var connection = engine.accept()) {
      if (connection.read(ByteBuffer.allocate(256)) > 0) {
        connection.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
