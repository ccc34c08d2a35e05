package dev.lambdaconfig.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.simulator.LambdaSimulator;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.simulator.SimulatedRegion;
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

/** Prints each later change of a resource or of a function, once the story has ended. */
final class ChangePrinter implements ResourceWatch.Listener {

  /** The members that every change moves, and that say nothing by themselves. */
  private static final Set<String> IGNORED =
      Set.of(
          "RevisionId",
          "LastModified",
          "LastUpdateStatus",
          "LastUpdateStatusReason",
          "LastUpdateStatusReasonCode",
          "RuntimeVersionConfig");

  private final LambdaSimulator aws;
  private final Screen screen;
  private final Map<String, JsonNode> functions = new HashMap<>();
  private final Map<String, Integer> updates = new HashMap<>();

  ChangePrinter(LambdaSimulator aws, Screen screen) {
    this.aws = aws;
    this.screen = screen;
    for (String name : DemoFunctions.ALL) {
      functions.put(name, DemoFunctions.home(aws, name).function(name));
      updates.put(name, aws.requests().updatesOf(name).size());
    }
  }

  @Override
  public void changed(@Nullable LambdaFunctionConfig before, @Nullable LambdaFunctionConfig now) {
    String name = Objects.requireNonNull(now == null ? before : now).getMetadata().getName();
    if (now == null) {
      print(name, "resource deleted; the function stays as it is");
      return;
    }
    if (before == null) {
      print(name, "resource created");
    } else if (!Objects.equals(
        before.getMetadata().getGeneration(), now.getMetadata().getGeneration())) {
      print(name, "spec changed");
    }
    StatusCondition was = ready(before);
    StatusCondition is = ready(now);
    if (is != null && (was == null || !was.reason().equals(is.reason()))) {
      print(name, "Ready=" + is.status() + " " + is.reason() + ": " + is.message());
    }
  }

  /** Prints what has changed of the functions since the last call. */
  void printFunctionChanges() {
    for (String name : DemoFunctions.ALL) {
      SimulatedRegion home = DemoFunctions.home(aws, name);
      if (!home.exists(name)) {
        if (functions.remove(name) != null) {
          print(name, "function deleted");
        }
        continue;
      }
      JsonNode now = home.function(name);
      List<LoggedRequest> sent = aws.requests().updatesOf(name);
      int told = updates.getOrDefault(name, 0);
      sent.subList(Math.min(told, sent.size()), sent.size())
          .forEach(request -> print(name, "→ " + RequestText.of(request) + outcome(request)));
      updates.put(name, sent.size());
      boolean ours = sent.size() > told;
      JsonNode before = functions.put(name, ours ? home.function(name) : now);
      if (before == null) {
        print(name, "function created");
      } else if (!ours) {
        String changes = changes(before, now);
        if (!changes.isEmpty()) {
          print(name, "function changed by somebody: " + changes);
        }
      }
    }
  }

  private static String changes(JsonNode before, JsonNode now) {
    Set<String> members = new TreeSet<>();
    before.fieldNames().forEachRemaining(members::add);
    now.fieldNames().forEachRemaining(members::add);
    members.removeAll(IGNORED);
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

  private void print(String name, String what) {
    screen.line(
        LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS)
            + String.format(" %-15s ", name)
            + what);
  }
}
