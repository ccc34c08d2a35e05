package dev.lambdaconfig.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.status.Conditions;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** After the story: tells of whatever changes, be it in Kubernetes or in AWS. */
final class Onlooker implements Sightings.Listener {

  /** What moves with every change and says nothing by itself. */
  private static final Set<String> NO_NEWS =
      Set.of(
          "RevisionId",
          "LastModified",
          "LastUpdateStatus",
          "LastUpdateStatusReason",
          "LastUpdateStatusReasonCode",
          "RuntimeVersionConfig");

  private final Stage stage;
  private final Map<String, JsonNode> functions = new HashMap<>();
  private final Map<String, Integer> updates = new HashMap<>();

  Onlooker(Stage stage) {
    this.stage = stage;
    for (String name : DemoFunctions.ALL) {
      functions.put(name, stage.function(name));
      updates.put(name, stage.updates(name).size());
    }
  }

  @Override
  public void changed(@Nullable LambdaFunctionConfig before, @Nullable LambdaFunctionConfig now) {
    String name = Objects.requireNonNull(now == null ? before : now).getMetadata().getName();
    if (now == null) {
      tell(name, "resource deleted; the function stays as it is");
      return;
    }
    if (before == null) {
      tell(name, "resource created");
    } else if (!Objects.equals(
        before.getMetadata().getGeneration(), now.getMetadata().getGeneration())) {
      tell(name, "spec changed");
    }
    StatusCondition was = ready(before);
    StatusCondition is = ready(now);
    if (is != null && (was == null || !was.reason().equals(is.reason()))) {
      tell(name, "Ready=" + is.status() + " " + is.reason() + ": " + is.message());
    }
  }

  /** Looks at the functions once. */
  void look() {
    for (String name : DemoFunctions.ALL) {
      if (!stage.aws().home().exists(name)) {
        if (functions.remove(name) != null) {
          tell(name, "function deleted");
        }
        continue;
      }
      JsonNode now = stage.function(name);
      List<LoggedRequest> sent = stage.updates(name);
      int told = updates.getOrDefault(name, 0);
      sent.subList(Math.min(told, sent.size()), sent.size())
          .forEach(request -> tell(name, "→ " + RequestText.of(request) + outcome(request)));
      updates.put(name, sent.size());
      boolean ours = sent.size() > told;
      JsonNode before = functions.put(name, ours ? stage.function(name) : now);
      if (before == null) {
        tell(name, "function created");
      } else if (!ours) {
        String changes = changes(before, now);
        if (!changes.isEmpty()) {
          tell(name, "function changed by somebody: " + changes);
        }
      }
    }
  }

  private static String changes(JsonNode before, JsonNode now) {
    Set<String> members = new TreeSet<>();
    before.fieldNames().forEachRemaining(members::add);
    now.fieldNames().forEachRemaining(members::add);
    members.removeAll(NO_NEWS);
    return members.stream()
        .filter(member -> !Objects.equals(before.get(member), now.get(member)))
        .map(
            member ->
                member
                    + " "
                    + RequestText.member(member, before.get(member))
                    + " → "
                    + RequestText.member(member, now.get(member)))
        .collect(Collectors.joining(", "));
  }

  private static String outcome(LoggedRequest request) {
    return request.errorCode() == null ? "" : ": refused, " + request.errorCode();
  }

  private static @Nullable StatusCondition ready(@Nullable LambdaFunctionConfig resource) {
    LambdaFunctionConfigStatus status = resource == null ? null : resource.getStatus();
    return status == null ? null : Conditions.find(status.conditions, Conditions.READY);
  }

  private void tell(String name, String what) {
    stage
        .screen()
        .line(
            LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS)
                + String.format(" %-15s ", name)
                + what);
  }
}
