package dev.lambdaconfig.cli.validate.report;

import dev.lambdaconfig.cli.format.SafeText;
import dev.lambdaconfig.cli.format.Xml;
import dev.lambdaconfig.cli.manifest.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A report as JUnit's XML: a test for each resource, and one for each file with errors that belong
 * to none.
 */
public final class FindingJUnit implements ReportFormat {

  /** Creates the format. */
  public FindingJUnit() {}

  private record Test(String file, String name) {}

  private record Outcome(int line, List<Finding> errors) {}

  @Override
  public String text(ValidationReport report) {
    Map<Test, List<Finding>> errors =
        report.errors().stream()
            .collect(
                Collectors.groupingBy(
                    finding ->
                        new Test(
                            finding.file(),
                            finding.resource() == null ? finding.file() : finding.resource()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    Map<Test, Outcome> tests = new LinkedHashMap<>();
    for (Manifest manifest : report.manifests()) {
      Test test = new Test(manifest.file(), ValidationReport.name(manifest));
      tests.put(test, new Outcome(manifest.line(), errors.getOrDefault(test, List.of())));
    }
    errors.forEach(
        (test, of) -> tests.putIfAbsent(test, new Outcome(of.getFirst().position().line(), of)));
    StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    text.append(
        "<testsuite name=\"lambda-config validate\" tests=\"%d\" failures=\"%d\" errors=\"0\">\n"
            .formatted(tests.size(), errors.size()));
    tests.forEach((test, outcome) -> append(test, outcome, text));
    return text.append("</testsuite>\n").toString();
  }

  private static void append(Test test, Outcome outcome, StringBuilder text) {
    String file = xml(test.file());
    List<Finding> findings = outcome.errors();
    text.append(
        "  <testcase classname=\"%s\" name=\"%s\" file=\"%s\" line=\"%d\""
            .formatted(file, xml(test.name()), file, outcome.line()));
    if (findings.isEmpty()) {
      text.append("/>\n");
      return;
    }
    text.append(
        ">\n    <failure type=\"%s\" message=\"%s\">"
            .formatted(xml(findings.getFirst().reason()), xml(findings.getFirst().message())));
    for (Finding finding : findings) {
      text.append(
              xml(
                  "%s:%d:%d: %s"
                      .formatted(
                          finding.file(),
                          finding.position().line(),
                          finding.position().column(),
                          finding.message())))
          .append('\n');
    }
    text.append("</failure>\n  </testcase>\n");
  }

  /** A text as XML, which has no other control characters. */
  private static String xml(String text) {
    return Xml.escaped(SafeText.of(text));
  }
}
