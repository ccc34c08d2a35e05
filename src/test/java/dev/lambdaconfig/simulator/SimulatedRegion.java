package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The functions of one account in one Region, for a test to arrange and to look at without HTTP.
 *
 * <p>What is done here appears in no request log and is not subject to faults. Everything that
 * changes a function moves its RevisionId.
 */
public final class SimulatedRegion {

  private final AccountRegion accountRegion;
  private final Function<String, FunctionContext> context;
  private final ConcurrentSkipListMap<String, SimulatedFunction> functions =
      new ConcurrentSkipListMap<>();

  SimulatedRegion(AccountRegion accountRegion, Function<String, FunctionContext> context) {
    this.accountRegion = accountRegion;
    this.context = context;
  }

  public void createFunction(FunctionSeed seed) {
    SimulatedFunction created = create(seed.name(), seed.members());
    if (seed.settled()) {
      created.settleNow();
    }
  }

  SimulatedFunction create(String name, JsonNode request) {
    if (functions.containsKey(name)) {
      throw alreadyExists(name);
    }
    CodePackage code =
        request.hasNonNull("Code") ? CodePackage.of(request.get("Code")) : CodePackage.SOME_ZIP;
    SimulatedFunction created = SimulatedFunction.create(request, code, context.apply(name));
    if (functions.putIfAbsent(name, created) != null) {
      throw alreadyExists(name);
    }
    return created;
  }

  private static ApiError alreadyExists(String name) {
    return ApiError.conflict("Function already exist: " + name);
  }

  public boolean exists(String name) {
    return functions.containsKey(name);
  }

  public int functionCount() {
    return functions.size();
  }

  /** The present configuration of $LATEST, in AWS member names. Not to be changed. */
  public JsonNode function(String name) {
    return required(name).read(null);
  }

  /** What each function has there, as text; empty where it has nothing. */
  List<String> values(String member) {
    return functions.values().stream()
        .map(function -> function.read(null).path(member))
        .map(value -> value.isValueNode() ? value.asText() : value.toString())
        .toList();
  }

  public void deleteFunction(String name) {
    if (functions.remove(name) == null) {
      throw ApiError.functionNotFound(accountRegion.functionArn(name, null));
    }
  }

  /** Somebody else's UpdateFunctionConfiguration, Successful at once. */
  public void changeBehindTheBack(String name, String json) {
    required(name).changeBehindTheBack(Json.parse(json), true);
  }

  /** Somebody else's UpdateFunctionConfiguration, InProgress for the usual time. */
  public void beginChangeBehindTheBack(String name, String json) {
    required(name).changeBehindTheBack(Json.parse(json), false);
  }

  /** Moves RevisionId and nothing else, as tagging or publishing does. */
  public void touch(String name) {
    required(name).edit(configuration -> {});
  }

  /** Ends an update or creation that is in progress, even one that a fault holds. */
  public void settle(String name) {
    required(name).settleNow();
  }

  /** Any text, also what no enum knows; null removes the member. Stays until changed. */
  public void setState(
      String name, @Nullable String state, @Nullable String reason, @Nullable String reasonCode) {
    force(name, "State", state, reason, reasonCode);
  }

  /** Any text, also what no enum knows; null removes the member. Stays until changed. */
  public void setLastUpdateStatus(
      String name, @Nullable String status, @Nullable String reason, @Nullable String reasonCode) {
    force(name, "LastUpdateStatus", status, reason, reasonCode);
  }

  private void force(
      String name,
      String member,
      @Nullable String value,
      @Nullable String reason,
      @Nullable String reasonCode) {
    required(name)
        .force(
            configuration -> {
              setOrRemove(configuration, member, value);
              setOrRemove(configuration, member + "Reason", reason);
              setOrRemove(configuration, member + "ReasonCode", reasonCode);
            });
  }

  private static void setOrRemove(ObjectNode node, String member, @Nullable String value) {
    if (value == null) {
      node.remove(member);
    } else {
      node.put(member, value);
    }
  }

  /** Sets a member of the answers as it stands, against all rules; null removes it. */
  public void setMember(String name, String member, @Nullable Object value) {
    edit(
        name,
        configuration -> {
          if (value == null) {
            configuration.remove(member);
          } else {
            configuration.set(member, Json.valueOf(value));
          }
        });
  }

  /** Changes a copy of the configuration at will; the copy then takes its place. */
  public void edit(String name, Consumer<ObjectNode> change) {
    required(name).edit(change);
  }

  @Nullable SimulatedFunction find(String name) {
    return functions.get(name);
  }

  /** From after the name given on, or from the start. */
  Collection<SimulatedFunction> from(@Nullable String name) {
    return name == null ? functions.values() : functions.tailMap(name, true).values();
  }

  private SimulatedFunction required(String name) {
    SimulatedFunction function = functions.get(name);
    if (function == null) {
      throw ApiError.functionNotFound(accountRegion.functionArn(name, null));
    }
    return function;
  }
}
