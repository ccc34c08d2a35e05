package dev.lambdaconfig.cli.plan.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.cli.plan.report.FieldChange;
import dev.lambdaconfig.cli.plan.report.FunctionPlan;
import dev.lambdaconfig.cli.plan.report.PlanReport;
import dev.lambdaconfig.cli.plan.report.PlannedAction;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.environment.UnreadValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plan for programs: docs/plan.schema.json. */
public final class JsonRenderer implements Renderer {

  /** The version of the format: members are added to it, and none is changed or removed. */
  public static final String API_VERSION = "plan.lambdaconfig.dev/v1";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Creates the format. */
  public JsonRenderer() {}

  @Override
  public String render(PlanReport report) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("apiVersion", API_VERSION);
    root.put("functions", report.functions().stream().map(JsonRenderer::function).toList());
    Map<String, Object> summary = new LinkedHashMap<>();
    for (PlannedAction action : PlannedAction.values()) {
      summary.put(action.text(), report.count(action));
    }
    root.put("summary", summary);
    root.put("skippedKinds", report.skipped());
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps and lists can always be written", e);
    }
  }

  private static Map<String, Object> function(FunctionPlan plan) {
    Map<String, Object> members = new LinkedHashMap<>();
    put(members, "namespace", plan.origin().namespace());
    put(members, "name", plan.origin().name());
    put(members, "file", plan.origin().file());
    put(members, "line", plan.origin().file() == null ? null : plan.origin().line());
    put(members, "functionName", plan.functionName());
    put(members, "region", plan.region());
    members.put("action", plan.action().text());
    members.put("changes", plan.changes().stream().map(JsonRenderer::change).toList());
    if (!plan.drift().isEmpty()) {
      members.put("drift", plan.drift().stream().map(JsonRenderer::change).toList());
    }
    if (plan.request() != null) {
      put(members, "request", ValueText.plain(new Value.Structure(plan.request().body())));
    }
    members.put(
        "notCompared", plan.notCompared().stream().map(UnreadValue::path).distinct().toList());
    if (!plan.notes().isEmpty()) {
      members.put("notes", List.copyOf(plan.notes()));
    }
    if (plan.problem() != null) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("reason", plan.problem().reason());
      error.put("message", plan.problem().message());
      members.put("error", error);
    }
    return members;
  }

  private static Map<String, @Nullable Object> change(FieldChange change) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("path", change.path());
    members.put("from", ValueText.plain(change.from()));
    members.put("to", ValueText.plain(change.to()));
    return members;
  }

  private static void put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value);
    }
  }
}
