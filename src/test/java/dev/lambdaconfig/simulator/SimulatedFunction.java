package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One function: its configuration, its revisions and its life cycle.
 *
 * <pre>
 * create -> Pending ------------------> Active, Successful
 * update -> Active, InProgress -------> Active, Successful | Failed
 *           new RevisionId              new RevisionId
 * </pre>
 *
 * <p>Nothing runs in the background: a change that is due by the clock happens on the next access.
 * Configurations are never changed once they are visible, so they can be handed out uncopied.
 */
final class SimulatedFunction {

  private record Cycle(Instant endsAt, ObjectNode before, UpdateEffects effects) {}

  private final FunctionContext context;
  private final TreeMap<Integer, ObjectNode> versions = new TreeMap<>();
  private final Map<String, String> aliases = new HashMap<>();
  private final Map<String, String> tags = new TreeMap<>();
  private ObjectNode latest;
  private CodePackage code;
  private @Nullable Cycle cycle;
  private boolean changedSincePublished = true;

  private SimulatedFunction(FunctionContext context, ObjectNode latest, CodePackage code) {
    this.context = context;
    this.latest = latest;
    this.code = code;
  }

  static SimulatedFunction create(JsonNode request, CodePackage code, FunctionContext context) {
    ObjectNode created =
        ConfigurationWrite.created(NewFunction.defaults(request, code, context), request, context);
    SimulatedFunction function =
        new SimulatedFunction(context, Lifecycle.pending(created, context.clock()), code);
    function.cycle = new Cycle(function.due(), created, UpdateEffects.NONE);
    request
        .path("Tags")
        .properties()
        .forEach(tag -> function.tags.put(tag.getKey(), tag.getValue().asText()));
    if (request.path("Publish").asBoolean()) {
      function.addVersion("");
    }
    return function;
  }

  String name() {
    return context.functionName();
  }

  private Instant due() {
    return context.clock().instant().plus(context.updateTime());
  }

  private void settle() {
    Cycle due = cycle;
    if (due != null && !context.clock().instant().isBefore(due.endsAt())) {
      finish(due);
    }
  }

  private void finish(Cycle due) {
    cycle = null;
    UpdateEffects.Failure failure = due.effects().failure();
    boolean restored = failure != null && failure.showsOldValues();
    latest = Lifecycle.settled(restored ? due.before() : latest, failure);
    versions.replaceAll(
        (number, version) ->
            version.path("State").asText().equals("Pending")
                ? Lifecycle.settled(version, null)
                : version);
  }

  /** Ends a running creation or update, even one that a fault holds. */
  synchronized void settleNow() {
    Cycle due = cycle;
    if (due != null) {
      finish(due);
    }
  }

  synchronized ObjectNode updateConfiguration(JsonNode request, UpdateEffects effects) {
    settle();
    requireRevision(latest, request, "GetFunction/GetAlias");
    ObjectNode changed = ConfigurationWrite.applied(latest, effects.heard(request), context);
    Lifecycle.requireUpdatable(latest, context.accountRegion().functionArn(name(), null));
    return begin(changed, effects);
  }

  synchronized ObjectNode updateCode(JsonNode request, UpdateEffects effects) {
    settle();
    requireRevision(latest, request, "GetFunction/GetAlias");
    requireCodeOfPackageType(request);
    CodePackage uploaded = CodePackage.of(request);
    Lifecycle.requireUpdatable(latest, context.accountRegion().functionArn(name(), null));
    code = uploaded;
    ObjectNode changed = latest.deepCopy();
    changed.put("CodeSha256", code.sha256()).put("CodeSize", code.size());
    if (request.hasNonNull("Architectures")) {
      changed.set("Architectures", request.get("Architectures"));
    }
    return begin(changed, effects);
  }

  private void requireCodeOfPackageType(JsonNode request) {
    boolean image = latest.path("PackageType").asText().equals("Image");
    if (image && !request.hasNonNull("ImageUri")) {
      throw ApiError.invalidParameter(
          "Please provide ImageUri when updating a function with packageType Image.");
    }
    if (!image && request.hasNonNull("ImageUri")) {
      throw ApiError.invalidParameter(
          "Please don't provide ImageUri when updating a function with packageType Zip.");
    }
  }

  /** Applies a change of somebody else, without a RevisionId and whatever runs. */
  synchronized void changeBehindTheBack(JsonNode request, boolean atOnce) {
    settleNow();
    begin(
        ConfigurationWrite.applied(latest, request, context),
        atOnce ? UpdateEffects.AT_ONCE : UpdateEffects.NONE);
  }

  private ObjectNode begin(ObjectNode changed, UpdateEffects effects) {
    Cycle begun = new Cycle(effects.held() ? Instant.MAX : due(), latest, effects);
    latest = Lifecycle.updating(changed, context.clock());
    changedSincePublished = true;
    cycle = begun;
    if (effects.settledAtOnce() || (context.dialect().settlesAtOnce() && !effects.held())) {
      finish(begun);
    }
    return latest;
  }

  private void requireRevision(ObjectNode of, JsonNode request, String readCall) {
    JsonNode sent = request.path("RevisionId");
    if (Json.given(sent)
        && !sent.isMissingNode()
        && !context.dialect().omitsRevisionId()
        && !sent.asText().equals(of.path("RevisionId").asText())) {
      throw ApiError.staleRevision(readCall);
    }
  }

  /**
   * Publishes a version, which moves the RevisionId of $LATEST too, without an update cycle
   * (docs/aws.md#revision-moves-without-change).
   */
  synchronized ObjectNode publish(JsonNode request) {
    settle();
    requireRevision(latest, request, "GetFunction/GetAlias");
    String sha = request.path("CodeSha256").asText("");
    if (!sha.isEmpty() && !sha.equals(code.sha256())) {
      throw ApiError.invalidParameter(
          "CodeSHA256 ("
              + sha
              + ") is different from current CodeSHA256 in $LATEST ("
              + code.sha256()
              + "). Please try again with the CodeSHA256 in $LATEST.");
    }
    Lifecycle.requireUpdatable(latest, context.accountRegion().functionArn(name(), null));
    if (!changedSincePublished) {
      return versions.lastEntry().getValue();
    }
    ObjectNode published = addVersion(request.path("Description").asText(""));
    latest = Lifecycle.moved(latest);
    return published;
  }

  private ObjectNode addVersion(String description) {
    int number = versions.isEmpty() ? 1 : versions.lastKey() + 1;
    ObjectNode version = Lifecycle.moved(latest);
    version.put("Version", Integer.toString(number));
    version.put(
        "FunctionArn", context.accountRegion().functionArn(name(), Integer.toString(number)));
    if (!description.isEmpty()) {
      version.put("Description", description);
    }
    versions.put(number, version);
    changedSincePublished = false;
    return version;
  }

  synchronized void addAlias(String alias, String version) {
    read(version);
    aliases.put(alias, version);
  }

  /** Adds or removes a permission, which moves the RevisionId of the named version. */
  synchronized void changePolicy(@Nullable String qualifier, JsonNode request) {
    ObjectNode of = read(qualifier);
    requireRevision(of, request, "GetPolicy");
    ObjectNode version = versions.get(numberOf(qualifier));
    if (version == null) {
      latest = Lifecycle.moved(latest);
    } else {
      versions.put(numberOf(qualifier), Lifecycle.moved(version));
    }
  }

  synchronized void changeTags(Consumer<Map<String, String>> change) {
    settle();
    change.accept(tags);
    latest = Lifecycle.moved(latest);
  }

  synchronized Map<String, String> tags() {
    return Map.copyOf(tags);
  }

  synchronized CodePackage code() {
    return code;
  }

  /**
   * Edits the configuration and moves the RevisionId unless the edit does; a running update is
   * forgotten.
   */
  synchronized void edit(Consumer<ObjectNode> edit) {
    settle();
    ObjectNode edited = latest.deepCopy();
    edit.accept(edited);
    JsonNode revision = edited.path("RevisionId");
    latest = revision.equals(latest.path("RevisionId")) ? Lifecycle.moved(edited) : edited;
    changedSincePublished = true;
  }

  /** Edits the configuration like {@link #edit}; only another call ends the state that it sets. */
  synchronized void force(Consumer<ObjectNode> edit) {
    settle();
    cycle = null;
    edit(edit);
  }

  synchronized ObjectNode read(@Nullable String qualifier) {
    settle();
    if (qualifier == null) {
      return latest;
    }
    ObjectNode found =
        qualifier.equals("$LATEST")
            ? latest
            : versions.get(numberOf(aliases.getOrDefault(qualifier, qualifier)));
    String arn = context.accountRegion().functionArn(name(), qualifier);
    if (found == null) {
      throw ApiError.functionNotFound(arn);
    }
    return Json.shallowCopy(found).put("FunctionArn", arn);
  }

  /** The entries of a list; with all versions, $LATEST comes first and all ARNs are qualified. */
  synchronized List<ObjectNode> listed(boolean allVersions) {
    settle();
    if (!allVersions) {
      return List.of(Lifecycle.listed(latest));
    }
    List<ObjectNode> entries = new ArrayList<>();
    entries.add(Lifecycle.listed(read("$LATEST")));
    versions.values().forEach(version -> entries.add(Lifecycle.listed(version)));
    return entries;
  }

  private static int numberOf(@Nullable String qualifier) {
    return qualifier != null && qualifier.matches("[1-9][0-9]{0,8}")
        ? Integer.parseInt(qualifier)
        : -1;
  }
}
