package dev.lambdaconfig.cli.plan.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The reports of CI systems: GitLab's and JUnit's. */
final class ReportFilesTest {

  private static Document parsed(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void gitLabGetsTheNumberOfUpdates() {
    assertThat(new GitLabRenderer().render(SamplePlans.report()))
        .isEqualTo("{\"create\":0,\"update\":1,\"delete\":0}\n");
  }

  @Test
  void eachManifestIsATest() throws Exception {
    Document report = parsed(new JUnitRenderer(false).render(SamplePlans.report()));

    Element suite = report.getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("5");
    assertThat(suite.getAttribute("errors")).isEqualTo("2");
    assertThat(suite.getAttribute("failures")).isEqualTo("0");
    Element first = (Element) report.getElementsByTagName("testcase").item(0);
    assertThat(first.getAttribute("name")).isEqualTo("team-a/orders");
    assertThat(first.getAttribute("classname")).isEqualTo("orders.yaml:1");
    assertThat(first.getAttribute("file")).isEqualTo("orders.yaml");
    assertThat(first.getElementsByTagName("system-out").item(0).getTextContent())
        .contains("~ timeout: 3 -> 30", "request: {")
        .doesNotContain(SamplePlans.CANARY);
    Element error = (Element) report.getElementsByTagName("error").item(0);
    assertThat(error.getAttribute("type")).isEqualTo("FunctionNotFound");
    assertThat(error.getAttribute("message")).startsWith("Function not found: gone");
  }

  @Test
  void whereDriftFailsTheRunAFunctionThatDiffersIsAFailure() throws Exception {
    Document report = parsed(new JUnitRenderer(true).render(SamplePlans.report()));

    assertThat(report.getDocumentElement().getAttribute("failures")).isEqualTo("2");
    assertThat(report.getElementsByTagName("failure").item(1).getTextContent())
        .startsWith("= handler: \"old.handler\" -> \"new.handler\"");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void wordsOfOthersAreNoXml(boolean failsOnDrift) throws Exception {
    Document report = parsed(new JUnitRenderer(failsOnDrift).render(SamplePlans.hostile()));

    assertThat(report.getElementsByTagName("testcase").getLength()).isEqualTo(3);
    assertThat(report.getElementsByTagName("script").getLength()).isZero();
  }

  @Test
  void noFormatPrintsAValueOfTheEnvironment() {
    for (Renderer renderer :
        new Renderer[] {
          new TextRenderer(true),
          new JsonRenderer(),
          new MarkdownRenderer(),
          new GitHubRenderer("", "token"),
          new GitLabRenderer(),
          new JUnitRenderer(true)
        }) {
      assertThat(renderer.render(SamplePlans.report()))
          .as(renderer.getClass().getSimpleName())
          .doesNotContain(SamplePlans.CANARY);
    }
  }

  @Test
  void aTerminalIsNotControlledByWordsOfOthers() {
    String text = new TextRenderer(false).render(SamplePlans.hostile());

    assertThat(text.codePoints().filter(c -> c != '\n'))
        .noneMatch(
            point ->
                Character.getType(point) == Character.CONTROL
                    || Character.getType(point) == Character.FORMAT);
    assertThat(text).contains("\\u001b[31mred", "\\u202eright to left", "\\r\\n::error");
  }
}
