package dev.lambdaconfig.cli.status.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.cli.cluster.ReportedState.State;
import dev.lambdaconfig.cli.status.metrics.OperatorFigures;
import dev.lambdaconfig.cli.status.metrics.RegionFigures;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fleet for programs: docs/status.schema.json. */
public final class FleetJson {

  /** The version of the format: members are added to it, and none is changed or removed. */
  private static final String API_VERSION = "status.lambdaconfig.dev/v1";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private FleetJson() {}

  /** Returns the JSON of a report. */
  public static String of(FleetReport report) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("apiVersion", API_VERSION);
    root.put("time", report.time().toString());
    put(root, "namespace", report.namespace());
    root.put("resources", report.resources());
    root.put("namespaces", report.namespaces());
    root.put("ofOneMoment", report.ofOneMoment());
    Map<String, Object> states = new LinkedHashMap<>();
    for (State state : State.values()) {
      states.put(state.name(), report.count(state));
    }
    root.put("states", states);
    root.put("reasons", report.reasons().stream().map(FleetJson::reason).toList());
    root.put("differing", report.differing());
    root.put(
        "oldestDifferences", report.differences().stream().map(FleetJson::difference).toList());
    root.put("operators", report.operators().stream().map(FleetJson::operator).toList());
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps and lists can always be written", e);
    }
  }

  private static Map<String, Object> reason(ReasonCount count) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("state", count.state().name());
    put(members, "reason", count.reason());
    members.put("count", count.count());
    members.put("oldestResources", count.resources().stream().map(FleetJson::member).toList());
    return members;
  }

  private static Map<String, Object> member(FleetMember member) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("namespace", member.namespace());
    members.put("name", member.name());
    put(members, "since", member.since() == null ? null : member.since().toString());
    return members;
  }

  private static Map<String, Object> difference(FleetMember member) {
    Map<String, Object> members = member(member);
    members.put("state", member.state().name());
    put(members, "reason", member.reason());
    members.put("fields", member.fields());
    members.put("moreFields", member.moreFields());
    return members;
  }

  private static Map<String, Object> operator(OperatorFigures operator) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("source", operator.source());
    put(members, "problem", operator.problem());
    if (operator.problem() == null) {
      members.put("leader", operator.leader());
      put(members, "running", operator.running());
      put(members, "queued", operator.queued());
      members.put("regions", operator.regions().stream().map(FleetJson::region).toList());
    }
    return members;
  }

  private static Map<String, Object> region(RegionFigures region) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("region", region.region());
    put(members, "callsPerSecond", region.calls().perSecond());
    put(members, "getFunctionPerSecond", region.calls().getFunctionPerSecond());
    put(members, "inFlight", region.calls().inFlight());
    put(members, "waiting", region.calls().waiting());
    put(members, "sweepAgeSeconds", region.sweep().age());
    put(members, "sweepExpectedSeconds", region.sweep().expected());
    put(members, "functions", region.sweep().functions());
    put(members, "listing", region.sweep().listing());
    put(members, "listRefused", region.sweep().listRefused());
    put(members, "endpointAvailable", region.calls().endpointAvailable());
    put(members, "updatesPaused", region.updates().paused());
    put(members, "pausedNamespaces", region.updates().pausedNamespaces());
    return members;
  }

  private static void put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value);
    }
  }
}
