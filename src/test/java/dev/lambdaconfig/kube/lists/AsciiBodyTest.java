package dev.lambdaconfig.kube.lists;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.http.AsyncBody;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class AsciiBodyTest {

  private static final String TEXT = "caf\u00e9 \u20ac \ud83d\ude00 \u0001 plain";

  /** Ignores all that a consumer can do. */
  private static final AsyncBody BODY =
      new AsyncBody() {
        @Override
        public void consume() {}

        @Override
        public CompletableFuture<Void> done() {
          return CompletableFuture.completedFuture(null);
        }

        @Override
        public void cancel() {}
      };

  /** The text that the client makes of parts, as it does in a watch without WebSocket. */
  private static String read(byte[]... parts) throws Exception {
    StringBuilder text = new StringBuilder();
    AsciiBody body =
        new AsciiBody(
            (escaped, unused) -> escaped.forEach(part -> text.append(UTF_8.decode(part).array())));
    for (byte[] part : parts) {
      body.consume(List.of(ByteBuffer.wrap(part)), BODY);
    }
    return text.toString();
  }

  @Test
  void aCharacterThatTwoPartsShareStaysWhole() throws Exception {
    ObjectMapper json = new ObjectMapper();
    byte[] event = (json.writeValueAsString(TEXT) + "\n").getBytes(UTF_8);

    for (int border = 0; border <= event.length; border++) {
      byte[] first = Arrays.copyOfRange(event, 0, border);
      byte[] second = Arrays.copyOfRange(event, border, event.length);

      String text = read(first, second);

      assertThat(text).endsWith("\"\n").doesNotContain("\0");
      assertThat(json.readValue(text, String.class)).isEqualTo(TEXT);
    }
  }

  @Test
  void asciiPassesAsItIs() throws Exception {
    byte[] event = "{\"type\":\"ADDED\"}\n".getBytes(UTF_8);

    assertThat(read(event)).isEqualTo("{\"type\":\"ADDED\"}\n");
  }
}
