package dev.lambdaconfig.cli.validate.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A report for programs. Members are added in later versions, and none is renamed. */
public final class FindingJson implements ReportFormat {

  private static final String API_VERSION = "validate.lambdaconfig.dev/v1";

  /** Creates the format. */
  public FindingJson() {}

  @Override
  public String text(ValidationReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("apiVersion", API_VERSION);
    json.put("valid", report.errors().isEmpty());
    json.put("resources", report.manifests().size());
    json.set("errors", list(report.errors()));
    json.set("warnings", list(report.warnings()));
    ObjectNode skipped = json.putObject("skipped");
    report.skippedKinds().forEach(skipped::put);
    return json.toPrettyString() + "\n";
  }

  private static ArrayNode list(List<Finding> findings) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Finding finding : findings) {
      ObjectNode json =
          list.addObject()
              .put("file", finding.file())
              .put("line", finding.position().line())
              .put("column", finding.position().column());
      if (finding.resource() != null) {
        json.put("resource", finding.resource());
      }
      if (!finding.field().isEmpty()) {
        json.put("field", finding.field());
      }
      json.put("reason", finding.reason()).put("message", finding.message());
    }
    return list;
  }
}
