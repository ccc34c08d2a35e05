package dev.lambdaconfig.kube.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DirectSerializationTest {

  private static final TypeReference<LambdaFunctionConfig> RESOURCE = new TypeReference<>() {};

  private final KubernetesSerialization direct = StrippedSerialization.create();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"metadata\": {\"name\": \"orders\"}}",
        "\n {\"metadata\": {\"name\": \"orders\"}}",
        "metadata:\n  name: orders\n"
      })
  void resourcesAreReadHoweverTheyAreWritten(String text) {
    // When
    LambdaFunctionConfig ofClass = direct.unmarshal(text, LambdaFunctionConfig.class);
    LambdaFunctionConfig ofReference = direct.unmarshal(text, RESOURCE);
    LambdaFunctionConfig ofStream = direct.unmarshal(stream(text), RESOURCE);
    LambdaFunctionConfig ofStreamAndClass =
        direct.unmarshal(stream(text), LambdaFunctionConfig.class);

    // Then
    assertThat(new LambdaFunctionConfig[] {ofClass, ofReference, ofStream, ofStreamAndClass})
        .allSatisfy(read -> assertThat(read.getMetadata().getName()).isEqualTo("orders"));
  }

  @Test
  void charactersOutsideOfAsciiAreRead() {
    // Given
    String text =
        "{\"spec\": {\"functionName\": \"a\", \"description\": \"größer als 木, \uD83D\uDE00\"}}";

    // When
    LambdaFunctionConfig read = direct.unmarshal(stream(text), RESOURCE);

    // Then
    assertThat(requireNonNull(read.getSpec()).description())
        .isEqualTo("größer als 木, \uD83D\uDE00");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 40_000, 100_000})
  void resourcesOfAnySizeAreRead(int length) {
    // Given
    String text =
        "{\"metadata\": {\"name\": \"orders\", \"labels\": {\"a\": \"%s\"}}}"
            .formatted("x".repeat(length));

    // When
    LambdaFunctionConfig ofText = direct.unmarshal(text, RESOURCE);
    LambdaFunctionConfig ofStream = direct.unmarshal(stream(text), RESOURCE);

    // Then
    assertThat(ofText.getMetadata().getName()).isEqualTo("orders");
    assertThat(ofStream.getMetadata().getName()).isEqualTo("orders");
  }

  @Test
  void eventsOfOtherKindsAreReadAsTheirKind() {
    // When
    WatchEvent read =
        direct.unmarshal(
            """
            {"type": "ERROR", "object": {"kind": "Status", "apiVersion": "v1", "code": 410}}
            """,
            WatchEvent.class);

    // Then
    assertThat(read.getObject())
        .isInstanceOfSatisfying(
            Status.class, status -> assertThat(status.getCode()).isEqualTo(410));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"metadata\": ",
        "{\"metadata\" 1}",
        "{\"spec\": tru}",
        "<html>502 Bad Gateway</html>"
      })
  void whatIsNoResourceFailsAsItDoesInTheClient(String text) {
    // Given
    KubernetesSerialization client =
        new KubernetesSerialization(StrippedSerialization.mapper(), false);
    Throwable expected = catchThrowable(() -> client.unmarshal(stream(text), RESOURCE));
    assertThat(expected).isNotNull();

    // When
    Throwable ofStream = catchThrowable(() -> direct.unmarshal(stream(text), RESOURCE));
    Throwable ofText = catchThrowable(() -> direct.unmarshal(text, RESOURCE));

    // Then
    assertThat(new Throwable[] {ofStream, ofText})
        .allSatisfy(
            failure -> {
              assertThat(failure).hasSameClassAs(expected).hasMessage(expected.getMessage());
              assertThat(String.valueOf(failure.getCause()))
                  .isEqualTo(String.valueOf(expected.getCause()));
            });
  }

  @Test
  void anEmptyResponseIsNothing() {
    // When, Then
    assertThat(direct.<Map<String, String>>unmarshal(stream(""), new TypeReference<>() {}))
        .isNull();
    assertThat(direct.<Map<String, String>>unmarshal("", new TypeReference<>() {})).isNull();
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
