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
 * The functions of one account in one Region, which a test changes and reads without HTTP.
 *
 * <p>These calls appear in no request log and meet no faults. Each change of a function moves its
 * RevisionId.
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

  /** The current configuration of $LATEST, by AWS's names. It must not be modified. */
  public JsonNode function(String name) {
    return required(name).read(null);
  }

  /** The value of a member of each function, as text; empty if it has none. */
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

  /** Applies somebody else's UpdateFunctionConfiguration, which is Successful at once. */
  public void changeBehindTheBack(String name, String json) {
    required(name).changeBehindTheBack(Json.parse(json), true);
  }

  /**
   * Applies somebody else's UpdateFunctionConfiguration, which is InProgress for the usual time.
   */
  public void beginChangeBehindTheBack(String name, String json) {
    required(name).changeBehindTheBack(Json.parse(json), false);
  }

  /**
   * Moves the RevisionId and nothing else, as tagging does
   * (docs/aws.md#revision-moves-without-change).
   */
  public void touch(String name) {
    required(name).edit(configuration -> {});
  }

  /** Ends a running update or creation, even one that a fault holds. */
  public void settle(String name) {
    required(name).settleNow();
  }

  /**
   * Sets the State to any text, also one that no enum has; null removes the member. It stays until
   * it is set again.
   */
  public void setState(
      String name, @Nullable String state, @Nullable String reason, @Nullable String reasonCode) {
    force(name, "State", state, reason, reasonCode);
  }

  /**
   * Sets the LastUpdateStatus to any text, also one that no enum has; null removes the member. It
   * stays until it is set again.
   */
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

  /** Sets a member of the answers without any rules; null removes it. */
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

  /** Edits a copy of the configuration, which then replaces it. */
  public void edit(String name, Consumer<ObjectNode> change) {
    required(name).edit(change);
  }

  @Nullable SimulatedFunction find(String name) {
    return functions.get(name);
  }

  /** The functions after a name, or all. */
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
