package dev.lambdaconfig.simulator;

import static dev.lambdaconfig.simulator.HttpCaller.function;
import static dev.lambdaconfig.simulator.Replay.FUNCTION;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The requests of the recorded tests around the recorded answers, as a script for each test. */
final class RecordedScenarios {

  private static final String LAYER = "arn:aws:lambda:us-east-1:111111111111:layer:tools";
  private static final String ARN = "arn:aws:lambda:us-east-1:111111111111:function:";

  private RecordedScenarios() {}

  static Map<String, Consumer<Replay>> all() {
    Map<String, Consumer<Replay>> scripts = new LinkedHashMap<>();
    scripts.put("lifecycle", RecordedScenarios::lifecycle);
    scripts.put("redundant updates", RecordedScenarios::redundantUpdates);
    scripts.put("revisions", RecordedScenarios::revisions);
    scripts.put("revisions, versions and aliases", RecordedScenarios::versionsAndAliases);
    scripts.put("revisions and tags", RecordedScenarios::tags);
    scripts.put("revisions and permissions", RecordedScenarios::permissions);
    scripts.put("permissions and a wrong revision", RecordedScenarios::permissionRevision);
    scripts.put("concurrent configuration", RecordedScenarios::concurrentConfiguration);
    scripts.put("concurrent code", RecordedScenarios::concurrentCode);
    scripts.put("VPC", RecordedScenarios::vpc);
    scripts.put("subnets", RecordedScenarios::subnets);
    scripts.put("security groups", RecordedScenarios::securityGroups);
    scripts.put("refused updates", RecordedScenarios::refusedUpdates);
    scripts.put("refused creations", RecordedScenarios::refusedCreations);
    range(53, 60).forEach(id -> scripts.put("runtime " + id, replay -> replay.create(id)));
    range(61, 63).forEach(id -> scripts.put("environment " + id, replay -> replay.create(id)));
    scripts.put("names and ARNs", RecordedScenarios::namesAndArns);
    scripts.put("missing function", RecordedScenarios::missingFunction);
    scripts.put("missing version", RecordedScenarios::missingVersion);
    scripts.put("other region", RecordedScenarios::otherRegion);
    scripts.put("qualifiers", RecordedScenarios::qualifiers);
    scripts.put("layers refused", RecordedScenarios::layersRefused);
    scripts.put("six layers", RecordedScenarios::sixLayers);
    scripts.put("layers", RecordedScenarios::layers);
    scripts.put("logging", RecordedScenarios::logging);
    scripts.put("logging switched", RecordedScenarios::loggingSwitched);
    range(90, 93)
        .forEach(
            id ->
                scripts.put(
                    "logging " + id,
                    replay -> {
                      replay.given();
                      replay.updateAndRead(id);
                    }));
    scripts.putAll(RecordedMoreScenarios.all());
    return scripts;
  }

  static Iterable<String> range(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj("%03d"::formatted).toList();
  }

  private static void lifecycle(Replay replay) {
    replay.create("001");
    replay.settle();
    replay.get("002");
    replay.update("003");
    replay.settle();
    replay.get("004");
    replay.updateCode("005");
    replay.settle();
    replay.get("006");
    replay.http.call("DELETE", function(FUNCTION), null);
    replay.compare("007", replay.http.call("DELETE", function(FUNCTION), null));
  }

  private static void redundantUpdates(Replay replay) {
    replay.given();
    replay.update("008");
    replay.settle();
    replay.getConfiguration("009");
    replay.update("010");
    replay.settle();
    replay.get("011");
  }

  private static void revisions(Replay replay) {
    replay.create("012");
    replay.settle();
    replay.get("013");
    replay.updateCode("014");
    replay.updateCode("015");
    replay.settle();
    replay.get("016");
    replay.update("017");
    replay.update("018");
    replay.settle();
    replay.get("019");
  }

  private static void versionsAndAliases(Replay replay) {
    replay.given();
    replay.get("020");
    replay.publish("021");
    replay.publish("022");
    replay.get("023");
    replay.http.call(
        "POST",
        function(FUNCTION) + "/aliases",
        Json.object("Name", "live").put("FunctionVersion", "1"));
    replay.get("024");
  }

  private static void tags(Replay replay) {
    replay.given("{\"Tags\":{\"team\":\"a\"}}");
    replay.get("025");
    String tags = function(ARN + FUNCTION).replace("2015-03-31/functions", "2017-03-31/tags");
    replay.http.call("POST", tags, Json.parse("{\"Tags\":{\"cost\":\"1\",\"team\":\"a\"}}"));
    replay.get("026");
    replay.http.call("POST", tags, Json.parse("{\"Tags\":{\"cost\":\"2\"}}"));
    replay.get("027");
    replay.http.call("DELETE", tags + "?tagKeys=cost", null);
    replay.get("028");
    replay.http.call("DELETE", tags + "?tagKeys=team&tagKeys=cost", null);
    replay.get("029");
  }

  private static void permissions(Replay replay) {
    replay.given();
    replay.publish(Json.object());
    replay.get("030");
    replay.get("031", "?Qualifier=1");
    replay.http.call("POST", function(FUNCTION) + "/policy?Qualifier=1", Json.object());
    replay.get("032");
    replay.get("033", "?Qualifier=1");
  }

  private static void permissionRevision(Replay replay) {
    replay.given();
    JsonNode request = replay.request("034", null);
    replay.compare("034", replay.http.call("POST", function(FUNCTION) + "/policy", request));
  }

  private static void concurrentConfiguration(Replay replay) {
    replay.given();
    replay.http.update(FUNCTION, "{\"Timeout\":9}");
    replay.update("035");
  }

  private static void concurrentCode(Replay replay) {
    replay.given();
    replay.http.call(
        "PUT", function(FUNCTION) + "/code", Json.object().put("ZipFile", Replay.zip(2)));
    replay.updateCode("036");
  }

  private static void vpc(Replay replay) {
    for (String which : new String[] {"1", "2"}) {
      replay.comparison.bind("subnet_id_" + which, "subnet-a" + which);
      replay.comparison.bind("security_group_id_" + which, "sg-a" + which);
    }
    replay.create("037");
    replay.settle();
    replay.update("038");
    replay.settle();
    replay.get("039");
    replay.update("040");
    replay.settle();
    replay.get("041");
  }

  private static String inVpc(String subnet, String group) {
    return "{\"VpcConfig\":{\"SubnetIds\":[\"%s\"],\"SecurityGroupIds\":[\"%s\"]}}"
        .formatted(subnet, group);
  }

  private static void subnets(Replay replay) {
    replay.aws.externalResources().missingSubnet("subnet-gone");
    replay.create("042", inVpc("subnet-gone", "sg-a1"));
    replay.create("043", inVpc("bad-format-a1", "sg-a1"));
  }

  private static void securityGroups(Replay replay) {
    replay.aws.externalResources().missingSubnet("subnet-gone").missingSecurityGroup("sg-gone");
    replay.create("044", inVpc("subnet-gone", "sg-gone"));
    replay.create("045", inVpc("subnet-gone", "bad-format-a1"));
  }

  private static void refusedUpdates(Replay replay) {
    replay.given();
    range(46, 48).forEach(replay::update);
  }

  private static void refusedCreations(Replay replay) {
    range(49, 51).forEach(replay::create);
    replay.create("052", "{\"Code\":{\"ZipFile\":\"bm90IGEgemlw\"}}");
  }

  private static void namesAndArns(Replay replay) {
    replay.comparison.bind("function-name:2", "partial");
    replay.create("064");
    replay.create("065");
    replay.create("066", named("a".repeat(65)));
    replay.create("067", named(ARN + "b".repeat(141 - ARN.length())));
    replay.create("068", named(ARN.replace("us-east-1", "ap-southeast-1") + "c"));
    replay.create("069", named(ARN.replace("111111111111", "222222222222") + "c"));
  }

  private static String named(String name) {
    return "{\"FunctionName\":\"" + name + "\"}";
  }

  private static void missingFunction(Replay replay) {
    replay.compare("070", replay.http.getConfiguration("nowhere"));
  }

  private static void missingVersion(Replay replay) {
    replay.given();
    replay.compare("071", replay.http.getConfiguration(FUNCTION, "?Qualifier=1221"));
  }

  private static void otherRegion(Replay replay) {
    replay.compare(
        "072", replay.http.getConfiguration(ARN.replace("us-east-1", "eu-central-1") + "c"));
  }

  private static void qualifiers(Replay replay) {
    String arn = ARN + "some-function:$LATEST";
    replay.compare("073", replay.http.getConfiguration(arn, "?Qualifier=1"));
    replay.compare("074", replay.http.getConfiguration(arn, "?Qualifier=%24LATEST"));
  }

  private static String layerList(String... arns) {
    ObjectNode request = Json.object();
    ArrayNode list = request.putArray("Layers");
    for (String arn : arns) {
      list.add(arn);
    }
    return request.toString();
  }

  private static void layersRefused(Replay replay) {
    replay.given();
    String missing = LAYER.replace("tools", "doesnotexist") + ":1";
    replay.aws.externalResources().missingLayer(missing).missingLayer(LAYER + ":9");
    replay.update("075", layerList(LAYER + ":1", LAYER + ":2"));
    replay.update("076", layerList(LAYER + ":1", LAYER + ":2", LAYER + ":3"));
    replay.update("077", layerList(LAYER + ":1", LAYER + ":1"));
    replay.update("078", layerList(missing));
    replay.update("079", layerList(LAYER + ":9"));
    replay.update("080", layerList(LAYER));
    replay.create(
        "081",
        named("other").replace("}", ",")
            + layerList(LAYER.replace("us-east-1", "eu-central-1") + ":1").substring(1));
  }

  private static void sixLayers(Replay replay) {
    String six =
        IntStream.range(0, 6)
            .mapToObj(index -> "\"" + LAYER + index + ":1\"")
            .collect(Collectors.joining(",", "{\"Layers\":[", "]}"));
    replay.create("082", six);
  }

  private static void layers(Replay replay) {
    replay.given();
    replay.update("083", layerList(LAYER + ":1"));
    replay.settle();
    replay.getConfiguration("084");
    replay.aws.externalResources().missingLayer(LAYER + ":1");
    replay.getConfiguration("085");
  }

  private static void logging(Replay replay) {
    replay.create("086");
    replay.settle();
    replay.update("087");
  }

  private static void loggingSwitched(Replay replay) {
    replay.given();
    replay.update("088");
    replay.settle();
    replay.update("089");
  }
}
