package dev.lambdaconfig.cli.validate;

import static dev.lambdaconfig.cli.validate.ValidateRunner.manifest;
import static dev.lambdaconfig.cli.validate.ValidateRunner.validate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** The reports of {@code validate} for programs, and what none of them prints. */
final class ValidateReportTest {

  @Test
  void jsonIsAContract() throws IOException {
    ValidateRunner.Result result =
        validate(
            manifest("orders", "timeout: 6000") + manifest("old", "runtime: python3.8"),
            "-f",
            "-",
            "-o",
            "json");

    JsonNode json = new ObjectMapper().readTree(result.out());
    assertThat(json.path("apiVersion").asText()).isEqualTo("validate.lambdaconfig.dev/v1");
    assertThat(json.path("valid").asBoolean()).isFalse();
    assertThat(json.path("resources").asInt()).isEqualTo(2);
    assertThat(json.at("/errors/0").toString())
        .isEqualTo(
            "{\"file\":\"stdin\",\"line\":6,\"column\":3,\"resource\":\"shop/orders\",\"field\":"
                + "\"spec.timeout\",\"reason\":\"FieldValueInvalid\",\"message\":\"spec.timeout:"
                + " Invalid value: 6000: spec.timeout in body should be less than or equal to"
                + " 5400\"}");
    assertThat(json.at("/warnings/0/reason").asText()).isEqualTo("DeprecatedRuntime");
    assertThat(json.path("skipped").isObject()).isTrue();
    assertThat(result.err()).isEmpty();
  }

  @Test
  void annotationsOfGitHubCannotBeForged() {
    String hostile = "\"x\\n::error file=a::%0A\\u001b[2J\": 5";

    ValidateRunner.Result result =
        validate(
            Map.of("GITHUB_WORKSPACE", "/work"), manifest("a", hostile), "-f", "-", "-o", "github");

    assertThat(result.out().lines().filter(line -> line.startsWith("::")))
        .singleElement()
        .asString()
        .startsWith("::error file=stdin,line=6,col=3,title=FieldUnknown::spec.x\\n::error")
        .contains("%250A\\u001b[2J");
  }

  @Test
  void aReportOfJUnitIsXml() throws Exception {
    ValidateRunner.Result result =
        validate(
            manifest("a", "\"<\\u0001&>\": 5") + manifest("b", "timeout: 5") + "---\nb: [",
            "-f",
            "-",
            "-o",
            "junit");

    var xml =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(result.out())));
    assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(3);
    assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(2);
    assertThat(xml.getDocumentElement().getAttribute("failures")).isEqualTo("2");
    assertThat(xml.getDocumentElement().getAttribute("errors")).isEqualTo("0");
    assertThat(result.out())
        .contains("name=\"shop/b\" file=\"stdin\" line=\"8\"/>")
        .contains("name=\"stdin\" file=\"stdin\" line=\"16\">");
  }

  @Test
  void valuesOfEnvironmentVariablesAreNotPrinted() {
    String canary = "c4n4ry";
    ValidateRunner.Result result =
        validate(
            manifest(
                    "a",
                    "environment: {variables: {A: %s, AB: [%s], AWS_REGION: %s}}"
                        .formatted(canary, canary, canary))
                + manifest("b", "environment: {variables: {AB: %s}}".formatted(canary.repeat(900)))
                + manifest("c", "environment: {variables: {AWS_REGION: %s}}".formatted(canary)),
            "-f",
            "-");

    assertThat(result.exitCode()).isOne();
    assertThat(result.out() + result.err()).doesNotContain(canary);
  }
}
