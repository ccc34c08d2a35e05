package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The operations on single functions. */
final class FunctionOperations {

  private static final int LONGEST_NAME = 64;

  private final Regions regions;
  private final Dialect dialect;

  FunctionOperations(Regions regions, Dialect dialect) {
    this.regions = regions;
    this.dialect = dialect;
  }

  Answer create(ApiCall call) {
    FunctionReference reference =
        FunctionReference.parse(call.requiredTarget()).reachableFrom(call.accountRegion());
    if (reference.name().length() > LONGEST_NAME) {
      // Words of the front end, but not its error code.
      throw ApiError.invalidParameter(
          "1 validation error detected: "
              + FunctionReference.violation(
                  reference.name(), "Member must have length less than or equal to 64"));
    }
    ObjectNode created =
        regions.in(call.accountRegion()).create(reference.name(), call.settings()).read(null);
    if (call.settings().path("Publish").asBoolean()) {
      created = Json.shallowCopy(created).put("Version", "1");
    }
    return Answer.of(201, dialect.spoken(created));
  }

  Answer get(ApiCall call) {
    FunctionReference reference = reference(call).qualifiedBy(call.parameter("Qualifier"));
    SimulatedFunction function = existing(call, reference);
    ObjectNode body = Json.object();
    body.set("Configuration", dialect.spoken(function.read(reference.qualifier())));
    body.set("Code", codeOf(function, call.accountRegion()));
    Map<String, String> tags = function.tags();
    if (!tags.isEmpty()) {
      body.set("Tags", Json.valueOf(tags));
    }
    return Answer.of(200, body);
  }

  private static ObjectNode codeOf(SimulatedFunction function, AccountRegion accountRegion) {
    String image = function.code().imageUri();
    if (image != null) {
      String digest = image.replaceFirst("[:@][^/]*$", "") + "@sha256:" + function.code().sha256();
      return Json.object("RepositoryType", "ECR")
          .put("ImageUri", image)
          .put("ResolvedImageUri", digest);
    }
    return Json.object("RepositoryType", "S3")
        .put(
            "Location",
            "https://awslambda-tasks.s3."
                + accountRegion.region()
                + ".amazonaws.com/"
                + function.name()
                + "?X-Amz-Signature=simulated");
  }

  Answer getConfiguration(ApiCall call) {
    FunctionReference reference = reference(call).qualifiedBy(call.parameter("Qualifier"));
    return Answer.of(200, dialect.spoken(existing(call, reference).read(reference.qualifier())));
  }

  Answer updateConfiguration(ApiCall call, UpdateEffects effects) {
    FunctionReference reference = reference(call);
    SimulatedFunction function = existing(call, reference);
    requireLatest(reference);
    return Answer.of(200, dialect.spoken(function.updateConfiguration(call.settings(), effects)));
  }

  Answer updateCode(ApiCall call, UpdateEffects effects) {
    FunctionReference reference = reference(call);
    SimulatedFunction function = existing(call, reference);
    requireLatest(reference);
    return Answer.of(200, dialect.spoken(function.updateCode(call.settings(), effects)));
  }

  Answer publish(ApiCall call) {
    return Answer.of(201, dialect.spoken(existing(call, reference(call)).publish(call.settings())));
  }

  Answer delete(ApiCall call) {
    FunctionReference reference = reference(call);
    existing(call, reference);
    regions.in(call.accountRegion()).deleteFunction(reference.name());
    return Answer.of(204, null);
  }

  Answer createAlias(ApiCall call) {
    FunctionReference reference = reference(call);
    String alias = call.settings().path("Name").asText();
    String version = call.settings().path("FunctionVersion").asText();
    existing(call, reference).addAlias(alias, version);
    return Answer.of(
        201,
        Json.object("AliasArn", call.accountRegion().functionArn(reference.name(), alias))
            .put("Name", alias)
            .put("FunctionVersion", version));
  }

  Answer addPermission(ApiCall call) {
    FunctionReference reference = reference(call).qualifiedBy(call.parameter("Qualifier"));
    existing(call, reference).changePolicy(reference.qualifier(), call.settings());
    return Answer.of(201, Json.object("Statement", "{}"));
  }

  Answer removePermission(ApiCall call) {
    FunctionReference reference = reference(call).qualifiedBy(call.parameter("Qualifier"));
    existing(call, reference).changePolicy(reference.qualifier(), Json.object());
    return Answer.of(204, null);
  }

  Answer tag(ApiCall call) {
    existing(call, reference(call))
        .changeTags(
            tags ->
                call.settings()
                    .path("Tags")
                    .properties()
                    .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText())));
    return Answer.of(204, null);
  }

  Answer untag(ApiCall call) {
    existing(call, reference(call))
        .changeTags(tags -> call.query().getOrDefault("tagKeys", List.of()).forEach(tags::remove));
    return Answer.of(204, null);
  }

  Answer listTags(ApiCall call) {
    return Answer.of(
        200, Json.object().set("Tags", Json.valueOf(existing(call, reference(call)).tags())));
  }

  Answer noConcurrency(ApiCall call) {
    var unused = existing(call, reference(call));
    return Answer.of(200, Json.object());
  }

  Answer noCodeSigning(ApiCall call) {
    FunctionReference reference = reference(call);
    var unused = existing(call, reference);
    return Answer.of(200, Json.object().put("FunctionName", reference.name()));
  }

  ApiError noEventInvokeConfig(ApiCall call) {
    var unused = existing(call, reference(call));
    return ApiError.notFound(
        "The function " + call.requiredTarget() + " doesn't have an EventInvokeConfig");
  }

  private static FunctionReference reference(ApiCall call) {
    return FunctionReference.parse(call.requiredTarget());
  }

  private static void requireLatest(FunctionReference reference) {
    String qualifier = reference.qualifier();
    if (qualifier != null && !qualifier.equals("$LATEST")) {
      throw ApiError.invalidParameter(
          "Current operation does not support versions other than $LATEST");
    }
  }

  private SimulatedFunction existing(ApiCall call, FunctionReference reference) {
    AccountRegion accountRegion = regions.reached(call, reference);
    SimulatedFunction function = regions.in(accountRegion).find(reference.name());
    if (function == null) {
      throw ApiError.functionNotFound(
          accountRegion.functionArn(reference.name(), reference.qualifier()));
    }
    return function;
  }
}
