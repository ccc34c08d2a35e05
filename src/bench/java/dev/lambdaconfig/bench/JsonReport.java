package dev.lambdaconfig.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Results for programs: seconds, bytes and counts. */
final class JsonReport {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonReport() {}

  static String of(
      Report.Subject subject,
      String apiServer,
      List<PlanCost> plans,
      List<Measurement> measurements)
      throws JsonProcessingException {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("date", subject.date().toString());
    root.put("commit", subject.machine().commit());
    root.put("command", subject.command());
    root.putObject("machine")
        .put("cores", subject.machine().cores())
        .put("processor", subject.machine().processor())
        .put("memory", subject.machine().memory())
        .put("kernel", subject.machine().kernel())
        .put("jdk", subject.machine().jdk())
        .put("loadBefore", subject.machine().load());
    root.put("apiServer", apiServer);
    root.put("operatorJvm", subject.jvm());
    var costs = root.putArray("plan");
    for (PlanCost cost : plans) {
      costs
          .addObject()
          .put("call", cost.call())
          .put("function", cost.function())
          .put("micros", cost.micros())
          .put("error", cost.error())
          .put("bytes", cost.bytes());
    }
    var fleet = root.putArray("fleet");
    measurements.forEach(measurement -> add(fleet.addObject(), measurement));
    return MAPPER.writeValueAsString(root) + "\n";
  }

  private static void add(ObjectNode node, Measurement measurement) {
    node.put("operator", measurement.candidate().name());
    node.put("functions", measurement.setting().functions());
    node.put("requestsPerSecond", measurement.setting().rate());
    node.put("scenario", measurement.scenario().word());
    node.put("title", measurement.title());
    node.put("complete", measurement.isComplete());
    if (!measurement.isComplete()) {
      node.put("problem", measurement.problem());
    }
    node.put("seconds", measurement.wall().toMillis() / 1e3);
    ObjectNode times = node.putObject("times");
    measurement.times().forEach((what, time) -> times.put(what, time.toMillis() / 1e3));
    ObjectNode figures = node.putObject("figures");
    measurement.figures().forEach(figures::put);
    measurement.notes().forEach(node.withArray("notes")::add);
    ObjectNode aws = node.putObject("awsCalls");
    measurement.aws().requests().forEach(aws::put);
    node.put("awsThrottled", measurement.aws().throttled());
    ObjectNode api = node.putObject("apiRequests");
    measurement.api().counts().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> api.put(entry.getKey(), entry.getValue()));
    node.put("cpuSeconds", measurement.cost().usage().cpu().toMillis() / 1e3);
    if (measurement.cost().changes() > 0) {
      node.put("changes", measurement.cost().changes());
      node.put("cpuMillisPerChange", measurement.cost().cpuPerChange());
      node.put("cpuMillisPerChangeUntilTold", measurement.cost().toldPerChange());
    }
    if (measurement.cost().usage().memory() != ProcessUsage.UNKNOWN) {
      node.put("residentBytes", measurement.cost().usage().memory());
      node.put("residentBytesNotOfFiles", measurement.cost().usage().own());
      node.put("peakResidentBytes", measurement.cost().usage().peak());
      node.put("peakResidentBytesNotOfFiles", measurement.cost().usage().ownPeak());
    }
    ProcessUsage rest = measurement.cost().rest();
    if (rest != null && rest.memory() != ProcessUsage.UNKNOWN) {
      node.put("residentBytesAtRest", rest.memory());
      node.put("residentBytesNotOfFilesAtRest", rest.own());
    }
    for (MemoryTrace.Sample sample : measurement.cost().memory()) {
      node.withArray("memory")
          .addArray()
          .add(sample.at().toMillis() / 1e3)
          .add(sample.resident())
          .add(sample.own());
    }
    StateComparison states = measurement.states();
    if (states != null) {
      add(node.putObject("stateBefore"), states.before());
      add(node.putObject("stateAfter"), states.after());
    }
  }

  private static void add(ObjectNode node, DebugState state) {
    node.put("residentBytes", state.memory());
    node.put("threads", state.threads());
    node.put("openDescriptors", state.descriptors());
    ObjectNode sizes = node.putObject("sizes");
    state.sizes().forEach(sizes::put);
  }
}
