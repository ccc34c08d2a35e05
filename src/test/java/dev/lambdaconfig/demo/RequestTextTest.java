package dev.lambdaconfig.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RequestTextTest {

  @Test
  void tellsWhatIsSetAndGuardedByWhatButNoValueOfTheEnvironment() throws Exception {
    // Given
    LoggedRequest request =
        request(
            """
            {
              "RevisionId": "0f1e2d3c-aaaa-bbbb-cccc-000000000000",
              "MemorySize": 512,
              "Layers": ["arn:aws:lambda:eu-west-1:123456789012:layer:deps:7"],
              "Environment": {"Variables": {"PASSWORD": "canary-1", "EMPTY": ""}}
            }
            """);

    // When
    String text = RequestText.of(request);

    // Then
    assertThat(text)
        .isEqualTo(
            "UpdateFunctionConfiguration {MemorySize: 512, Layers:"
                + " [arn:aws:lambda:eu-west-1:123456789012:layer:deps:7], Environment:"
                + " {Variables: {PASSWORD: ***, EMPTY: ***}}, RevisionId: 0f1e2d3c…}");
    assertThat(RequestText.settings(request))
        .containsExactlyInAnyOrder("MemorySize", "Layers", "Environment");
  }

  private static LoggedRequest request(String body) throws Exception {
    return new LoggedRequest(
        Instant.EPOCH,
        "UpdateFunctionConfiguration",
        "orders-api",
        "123456789012",
        "eu-west-1",
        null,
        new ObjectMapper().readTree(body),
        List.of(),
        200,
        null,
        true,
        null,
        "request");
  }
}
