package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The members of a configuration for its state and its last update, and their transitions. */
final class Lifecycle {

  private static final DateTimeFormatter LAST_MODIFIED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx").withZone(ZoneOffset.UTC);

  /**
   * The reason of a running creation or update; its code is not in the model's enum for updates
   * (docs/aws.md#unknown-words).
   */
  private static final String REASON = "The function is being created.";

  private static final String REASON_CODE = "Creating";

  private static final Set<String> UPDATABLE = Set.of("", "Active", "Inactive");

  private static final List<String> STATE = List.of("State", "StateReason", "StateReasonCode");

  static final List<String> UPDATE_STATUS =
      List.of("LastUpdateStatus", "LastUpdateStatusReason", "LastUpdateStatusReasonCode");

  private Lifecycle() {}

  static ObjectNode pending(ObjectNode created, InstantSource clock) {
    ObjectNode pending = moved(created);
    pending.put("LastModified", LAST_MODIFIED.format(clock.instant()));
    return pending
        .put("State", "Pending")
        .put("StateReason", REASON)
        .put("StateReasonCode", REASON_CODE);
  }

  static ObjectNode updating(ObjectNode changed, InstantSource clock) {
    ObjectNode updating = moved(changed);
    updating.put("LastModified", LAST_MODIFIED.format(clock.instant()));
    return updating
        .put("LastUpdateStatus", "InProgress")
        .put("LastUpdateStatusReason", REASON)
        .put("LastUpdateStatusReasonCode", REASON_CODE);
  }

  static ObjectNode settled(ObjectNode configuration, UpdateEffects.@Nullable Failure failure) {
    ObjectNode settled = moved(configuration);
    if (settled.path("State").asText().equals("Pending")) {
      settled.remove(STATE);
      settled.put("State", "Active");
    }
    settled.remove(UPDATE_STATUS);
    if (failure == null) {
      return settled.put("LastUpdateStatus", "Successful");
    }
    return settled
        .put("LastUpdateStatus", "Failed")
        .put("LastUpdateStatusReason", failure.reason())
        .put("LastUpdateStatusReasonCode", failure.reasonCode());
  }

  /** Copies a configuration with a new RevisionId. */
  static ObjectNode moved(ObjectNode configuration) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String revision = new UUID(random.nextLong(), random.nextLong()).toString();
    return Json.shallowCopy(configuration).put("RevisionId", revision);
  }

  static void requireUpdatable(ObjectNode configuration, String arn) {
    String state = configuration.path("State").asText();
    if (!UPDATABLE.contains(state)) {
      throw ApiError.conflict(
          "The operation cannot be performed at this time. The function is currently in the"
              + " following state: "
              + state);
    }
    if (configuration.path("LastUpdateStatus").asText().equals("InProgress")) {
      throw ApiError.conflict(
          "The operation cannot be performed at this time. An update is in progress for resource: "
              + arn);
    }
  }

  /** Removes the members that lists do not have (docs/aws.md#list-members). */
  static ObjectNode listed(ObjectNode configuration) {
    ObjectNode listed = Json.shallowCopy(configuration);
    listed.remove(STATE);
    listed.remove(UPDATE_STATUS);
    listed.remove("RuntimeVersionConfig");
    return listed;
  }
}
