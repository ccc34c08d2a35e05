package dev.lambdaconfig.cli.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which variables of AWS's SDK a command refuses before it makes a call. */
final class AwsVariablesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:4566",
        "https://lambda.eu-west-1.amazonaws.com",
        "HTTP://127.0.0.1:1/path",
        "http://[::1]:4566"
      })
  void aUrlIsAnEndpoint(String value) {
    assertThat(AwsVariables.problems(Map.of("AWS_ENDPOINT_URL", value))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "localhost:4566",
        "http://localhost:99999",
        "http://a b",
        " http://localhost",
        "http:///path",
        "https://",
        "ftp://localhost"
      })
  void anythingElseIsNamed(String value) {
    for (String name :
        new String[] {"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_LAMBDA", "AWS_ENDPOINT_URL_STS"}) {
      assertThat(AwsVariables.problems(Map.of(name, value)))
          .containsExactly(
              name
                  + ": '"
                  + value
                  + "' is no URL of an endpoint: write one such as http://localhost:4566, or unset"
                  + " it");
    }
  }

  @Test
  void aVariableThatIsSetToNothingIsNamed() {
    assertThat(AwsVariables.problems(Map.of("AWS_ENDPOINT_URL", "")))
        .containsExactly(
            "AWS_ENDPOINT_URL is set to nothing: write one such as http://localhost:4566, or unset"
                + " it");
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_USE_FIPS_ENDPOINT, TRUE, maybe",
    "AWS_USE_DUALSTACK_ENDPOINT, false, 1",
    "AWS_DISABLE_REQUEST_COMPRESSION, true, yes",
    "AWS_REGION, us-gov-west-1, eu west 1",
    "AWS_REGION, local, https://eu-west-1",
    "AWS_REGION, my-local-region-1a, my_local_region-1a",
    "AWS_DEFAULTS_MODE, In-Region, fast",
    "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES, 10240, 10K"
  })
  void whatTheSdkDoesNotReadIsNamed(String name, String good, String bad) {
    assertThat(AwsVariables.problems(Map.of(name, good))).isEmpty();
    assertThat(AwsVariables.problems(Map.of(name, bad)))
        .singleElement()
        .asString()
        .startsWith(name + ": '" + bad + "' is no ")
        .contains(": write ")
        .endsWith(", or unset it");
  }

  @ParameterizedTest
  @CsvSource({
    "eu-west-1a, eu-west-1",
    "us-gov-west-1b, us-gov-west-1",
    "ap-southeast-2c, ap-southeast-2",
    "eusc-de-east-1a, eusc-de-east-1",
    "us-isob-east-1a, us-isob-east-1",
    "us-east-1-bos-1a, us-east-1"
  })
  void aZoneIsNamedWithItsRegion(String zone, String region) {
    assertThat(AwsVariables.problems(Map.of("AWS_REGION", zone)))
        .containsExactly(
            "AWS_REGION: '"
                + zone
                + "' is a zone, not a Region: write "
                + region
                + ", or unset it");
    assertThat(AwsVariables.problems(Map.of("AWS_REGION", region))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_USE_FIPS_ENDPOINT, AWS_ENDPOINT_URL",
    "AWS_USE_DUALSTACK_ENDPOINT, AWS_ENDPOINT_URL_LAMBDA"
  })
  void anEndpointOfAnotherKindContradictsAnEndpoint(String kind, String endpoint) {
    assertThat(AwsVariables.problems(Map.of(kind, "True", endpoint, "https://lambda.example.com")))
        .containsExactly(kind + " cannot be true beside " + endpoint + ": unset one of them");
    assertThat(AwsVariables.problems(Map.of(kind, "false", endpoint, "https://lambda.example.com")))
        .isEmpty();
    assertThat(
            AwsVariables.problems(
                Map.of(
                    kind,
                    "true",
                    endpoint,
                    "https://lambda.example.com",
                    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
                    "true")))
        .isEmpty();
  }

  @Test
  void allProblemsAreReportedTogetherAndTheAddressOfAProxyIsNotRepeated() {
    assertThat(
            AwsVariables.problems(
                Map.of("AWS_REGION", "eu west", "HTTPS_PROXY", "socks5://me:secret@proxy:1080")))
        .hasSize(2)
        .anyMatch(problem -> problem.startsWith("HTTPS_PROXY is no address"))
        .noneMatch(problem -> problem.contains("secret"));
  }
}
