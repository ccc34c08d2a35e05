package dev.lambdaconfig.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

final class SharedStringsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void whatTwoStatusesSayAlikeIsHeldOnce() throws Exception {
    // When
    LambdaFunctionConfigStatus one = status("Active", "orders-api");
    LambdaFunctionConfigStatus other = status("Active", "mail-sender");

    // Then
    assertThat(other.state).isEqualTo("Active").isSameAs(one.state);
    assertThat(requireNonNull(other.managedFields).getFirst())
        .isEqualTo("timeout")
        .isSameAs(requireNonNull(one.managedFields).getFirst());
    assertThat(one.functionArn).isEqualTo("orders-api");
    assertThat(other.functionArn).isEqualTo("mail-sender");
  }

  @Test
  void manyDifferentStringsStayWhatTheyAre() throws Exception {
    for (int index = 0; index < 10_000; index++) {
      // When
      LambdaFunctionConfigStatus status = status("state-" + index, "arn-" + index);

      // Then
      assertThat(status.state).isEqualTo("state-" + index);
      assertThat(status.functionArn).isEqualTo("arn-" + index);
    }
  }

  @Test
  void anEnvironmentValueIsNotRemembered() throws Exception {
    // When
    String one = value();
    String other = value();

    // Then
    assertThat(other).isEqualTo("secret").isNotSameAs(one);
  }

  private static LambdaFunctionConfigStatus status(String state, String arn)
      throws JsonProcessingException {
    return requireNonNull(
        read("\"status\": {\"state\": \"%s\", \"functionArn\": \"%s\", \"managedFields\": [\"timeout\"]}"
                .formatted(state, arn))
            .getStatus());
  }

  private static String value() throws JsonProcessingException {
    Environment environment =
        requireNonNull(
            requireNonNull(
                    read("\"spec\": {\"functionName\": \"f\", \"environment\": {\"variables\":"
                            + " {\"KEY\": \"secret\"}}}")
                        .getSpec())
                .environment());
    return requireNonNull(requireNonNull(environment.variables()).get("KEY"));
  }

  private static LambdaFunctionConfig read(String members) throws JsonProcessingException {
    return JSON.readValue("{" + members + "}", LambdaFunctionConfig.class);
  }
}
