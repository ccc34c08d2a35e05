package dev.lambdaconfig.kube.lists;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** An answer as it arrives, and what is passed on of it. */
final class ArrivingList implements AsyncBody {

  private static final TypeReference<DefaultKubernetesResourceList<LambdaFunctionConfig>> LIST =
      new TypeReference<>() {};

  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final ByteArrayOutputStream passedOn = new ByteArrayOutputStream();
  private final KubernetesSerialization serialization;
  private final AsyncBody.Consumer<List<ByteBuffer>> body;
  private int asked;

  /** An answer to a request for a page. */
  ArrivingList(StreamedLists lists) {
    this(lists.serialization(), next -> lists.consumer(next, ListRequests.get("?limit=500")));
  }

  /**
   * An answer.
   *
   * @param serialization reads what is passed on
   * @param reader reads the answer, and passes the rest on
   */
  ArrivingList(
      KubernetesSerialization serialization,
      UnaryOperator<AsyncBody.Consumer<List<ByteBuffer>>> reader) {
    this.serialization = serialization;
    this.body = reader.apply((parts, ignored) -> pass(parts));
  }

  private void pass(List<ByteBuffer> parts) {
    for (ByteBuffer part : parts) {
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      passedOn.writeBytes(bytes);
    }
    consume();
  }

  void arrives(byte[] bytes, int from, int to) throws Exception {
    int before = asked;
    body.consume(List.of(ByteBuffer.wrap(bytes, from, to - from).slice()), this);
    assertThat(asked).as("requests for more").isEqualTo(before + 1);
  }

  ArrivingList arrives(String text) throws Exception {
    byte[] bytes = text.getBytes(UTF_8);
    arrives(bytes, 0, bytes.length);
    return this;
  }

  /** A text arrives in parts of so many bytes. */
  ArrivingList arrivesInParts(String text, int size) throws Exception {
    byte[] bytes = text.getBytes(UTF_8);
    for (int from = 0; from < bytes.length; from += size) {
      arrives(bytes, from, Math.min(bytes.length, from + size));
    }
    return this;
  }

  DefaultKubernetesResourceList<LambdaFunctionConfig> read() {
    done.complete(null);
    return serialization.unmarshal(new ByteArrayInputStream(passedOn.toByteArray()), LIST);
  }

  String passedOn() {
    return passedOn.toString(UTF_8);
  }

  @Override
  public void consume() {
    asked++;
  }

  @Override
  public CompletableFuture<Void> done() {
    return done;
  }

  @Override
  public void cancel() {
    done.cancel(false);
  }
}
