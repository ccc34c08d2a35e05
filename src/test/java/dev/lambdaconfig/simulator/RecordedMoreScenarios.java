package dev.lambdaconfig.simulator;

import static dev.lambdaconfig.simulator.Replay.FUNCTION;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.simulator.HttpCaller.Reply;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The rest of {@link RecordedScenarios}: package types, targets, SnapStart, lists, versions. */
final class RecordedMoreScenarios {

  private static final int JUST_TOO_LARGE = 262_144_001;

  private RecordedMoreScenarios() {}

  static Map<String, Consumer<Replay>> all() {
    Map<String, Consumer<Replay>> scripts = new LinkedHashMap<>();
    scripts.put("image configuration", RecordedMoreScenarios::imageConfiguration);
    scripts.put("image", RecordedMoreScenarios::image);
    scripts.put(
        "zip to image",
        replay -> {
          replay.given();
          replay.updateCode("099");
        });
    scripts.put("dead letters", RecordedMoreScenarios::deadLetters);
    Map.of("102", "java21", "103", "python3.13", "104", "dotnet8")
        .forEach((id, runtime) -> scripts.put("SnapStart " + id, snapStart(id, runtime)));
    scripts.put("SnapStart refused", replay -> replay.create("105"));
    scripts.put("plain creation", RecordedMoreScenarios::plainCreation);
    scripts.put("lists", RecordedMoreScenarios::lists);
    scripts.put("version read", RecordedMoreScenarios::versionRead);
    scripts.put(
        "published at creation",
        replay -> {
          replay.create("111");
          replay.settle();
          replay.get("112", "?Qualifier=%24LATEST");
        });
    for (String id : RecordedScenarios.range(113, 114)) {
      scripts.put(
          "publication refused " + id,
          replay -> {
            replay.given();
            replay.publish(id);
          });
    }
    scripts.put("large code", RecordedMoreScenarios::largeCode);
    scripts.put("architectures", RecordedMoreScenarios::architectures);
    return scripts;
  }

  /** The members of the usual creation that an image function may have. */
  private static ObjectNode imageCreation() {
    ObjectNode request = Replay.usualCreation();
    request.remove(List.of("Handler", "Runtime", "Timeout", "Environment"));
    request.put("PackageType", "Image");
    request.set("Code", Json.object("ImageUri", "111111111111.dkr.ecr.us-east-1/app:1"));
    return request;
  }

  private static void imageConfiguration(Replay replay) {
    ObjectNode request = imageCreation();
    request.setAll((ObjectNode) replay.request("094", null));
    replay.compare("094", replay.http.create(request));
    replay.settle();
    replay.update("095");
    replay.settle();
    replay.update("096");
  }

  private static void image(Replay replay) {
    replay.http.create(imageCreation());
    replay.settle();
    replay.getConfiguration("097");
    replay.updateCode("098");
  }

  private static void deadLetters(Replay replay) {
    replay.create(
        "100",
        "{\"DeadLetterConfig\":{\"TargetArn\":\"arn:aws:sqs:us-east-1:111111111111:dead\"}}");
    replay.settle();
    replay.update("101");
  }

  private static Consumer<Replay> snapStart(String id, String runtime) {
    return replay -> {
      replay.given("{\"Runtime\":\"" + runtime + "\"}");
      replay.update(id);
    };
  }

  private static void plainCreation(Replay replay) {
    ObjectNode request = Replay.usualCreation();
    request.remove("Environment");
    request.setAll((ObjectNode) replay.request("106", "{\"Handler\":\"echo.Handler\"}"));
    replay.compare("106", replay.http.create(request));
  }

  private static void lists(Replay replay) {
    replay.given("{\"FunctionName\":\"" + FUNCTION + "\"}");
    replay.publish(Json.object());
    replay.given("{\"FunctionName\":\"" + FUNCTION + "-second\"}");
    replay.compare("107", replay.http.list("?FunctionVersion=invalid"));
    replay.compare("108", listed(replay, "?MaxItems=1"));
    replay.compare("109", listed(replay, "?FunctionVersion=ALL&MaxItems=1"));
  }

  private static void versionRead(Replay replay) {
    replay.given();
    replay.publish(Json.object("Description", "First version description :)"));
    replay.compare("110", replay.http.getConfiguration(FUNCTION, "?Qualifier=1"));
  }

  private static void largeCode(Replay replay) {
    String zip = Base64.getEncoder().encodeToString(Replay.zip(JUST_TOO_LARGE));
    replay.create("115", "{\"Code\":{\"ZipFile\":\"" + zip + "\"}}");
  }

  private static void architectures(Replay replay) {
    replay.given();
    replay.comparison.bind("other", "arm64");
    replay.updateCode("116");
  }

  /** Joins all pages of a list, as lists were recorded. */
  private static Reply listed(Replay replay, String query) {
    ObjectNode all = Json.object();
    ArrayNode functions = all.putArray("Functions");
    String marker = "";
    do {
      Reply page = replay.http.list(query + (marker.isEmpty() ? "" : "&Marker=" + marker));
      page.body().path("Functions").forEach(functions::add);
      marker = page.body().path("NextMarker").asText("");
    } while (!marker.isEmpty());
    return new Reply(200, null, all);
  }
}
