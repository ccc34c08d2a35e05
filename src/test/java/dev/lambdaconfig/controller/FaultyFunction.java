package dev.lambdaconfig.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.identity.Identity;
import dev.lambdaconfig.plan.AwsModel;
import dev.lambdaconfig.plan.TestSpecs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A function in memory, with the faults that a test sets. */
final class FaultyFunction implements LambdaFunctions, FunctionLists {

  /** A fault of the function, or none, at the time of a call. */
  interface Fault {
    @Nullable Failure at(FaultyFunction function);
  }

  private static final Failure NO_ANSWER =
      new Failure(Failure.ENDPOINT_UNREACHABLE, "no answer", 0, null);

  private static final ObjectNode UNREADABLE =
      TestSpecs.tree("{Error: {ErrorCode: KMSAccessDeniedException, Message: no}}");

  /** The true time, which AWS goes by, whatever clocks are set to. */
  private final InstantSource clock;

  ObjectNode members = TestSpecs.object();

  /** The time that an accepted update takes. */
  Duration updateTime = Duration.ofMillis(1500);

  /** The fault that an update meets before AWS would take it. */
  Fault updateFault = function -> null;

  Fault readFault = function -> null;

  /** The LastUpdateStatusReasonCode that accepted updates end with, or null if they succeed. */
  @Nullable String endsWith;

  /** Whether values read back as sent although the update failed; else all is as before it. */
  boolean showsFailedValues = true;

  BooleanSupplier losesReplies = () -> false;

  /** Whether the key of the environment is out of reach, so that no answer has the variables. */
  boolean isUnreadable;

  /** The environments that updates have replaced, in order. */
  final List<JsonNode> replaced = new ArrayList<>();

  /** The time for which reads show the function as it was before an accepted update. */
  Duration lag = Duration.ZERO;

  boolean dropsFields;
  boolean revisionStandsStill;

  int reads;
  int sent;
  int applied;
  final List<Instant> sentAt = new ArrayList<>();

  private @Nullable Instant settlesAt;
  private @Nullable Instant lagsUntil;
  private ObjectNode before = members;
  private int revision = 1;
  private int modified;
  private String modifiedBefore = "";

  FaultyFunction(String members, InstantSource clock) {
    this.clock = clock;
    this.members.put("FunctionName", "fn");
    this.members.put("FunctionArn", "arn:aws:lambda:eu-west-1:123456789012:function:fn");
    this.members
        .put("RevisionId", "r1")
        .put("State", "Active")
        .put("LastUpdateStatus", "Successful");
    this.members.setAll(TestSpecs.tree(members));
  }

  static Failure failure(String code, @Nullable String message, int status) {
    return new Failure(code, message, status, null);
  }

  /** Another writer sets a member of the function, which AWS shows by its LastModified. */
  void change(String member, int value) {
    members.put(member, value).put("LastModified", nextModified());
    moveRevision();
  }

  /** Another writer's update is accepted and fails, unless one runs: AWS refuses it then. */
  void failUpdateOfAnotherWriter(String code) {
    settle();
    if (settlesAt == null) {
      members.put("LastModified", nextModified());
      moveRevision();
      fail(code);
    }
  }

  /** Another writer's update of nothing that the operator keeps is accepted, and succeeds. */
  void succeedUpdateOfAnotherWriter() {
    settle();
    members.put("LastModified", nextModified()).put("LastUpdateStatus", "Successful");
    members.remove(List.of("LastUpdateStatusReason", "LastUpdateStatusReasonCode"));
    moveRevision();
  }

  /** Somebody tags the function, or publishes a version. */
  void moveRevision() {
    if (!revisionStandsStill && members.has("RevisionId")) {
      members.put("RevisionId", "r" + ++revision);
    }
  }

  /** Every fault goes away. */
  void recover() {
    endsWith = null;
    isUnreadable = false;
    dropsFields = false;
    revisionStandsStill = false;
    losesReplies = () -> false;
    updateFault = function -> null;
    readFault = function -> null;
  }

  @Override
  public Answer readFunction(Target target) {
    return read(target);
  }

  @Override
  public Answer read(Target target) {
    reads++;
    Failure failure = readFault.at(this);
    if (failure != null) {
      return new Answer.Failed(failure);
    }
    settle();
    boolean lags = lagsUntil != null && clock.instant().isBefore(lagsUntil);
    return described(lags ? before : members);
  }

  private Answer described(ObjectNode as) {
    ObjectNode shown = as.deepCopy();
    if (isUnreadable) {
      shown.set("Environment", UNREADABLE);
    }
    return new Answer.Described(TestSpecs.function(shown));
  }

  private void settle() {
    if (settlesAt == null || clock.instant().isBefore(settlesAt)) {
      return;
    }
    settlesAt = null;
    moveRevision();
    if (endsWith == null) {
      members.put("LastUpdateStatus", "Successful");
      members.remove(List.of("LastUpdateStatusReason", "LastUpdateStatusReasonCode"));
    } else {
      fail(endsWith);
      if (!showsFailedValues) {
        members.put("LastModified", modifiedBefore);
      }
    }
  }

  private String nextModified() {
    return "m%09d".formatted(++modified);
  }

  private void fail(String code) {
    members.put("LastUpdateStatus", "Failed");
    members.put("LastUpdateStatusReason", "it failed");
    members.put("LastUpdateStatusReasonCode", code);
  }

  @Override
  public Sent update(Target target, SortedMap<String, Value> changed, @Nullable String revisionId) {
    sent++;
    sentAt.add(clock.instant());
    return new Sent(updated(changed, revisionId));
  }

  private Answer updated(SortedMap<String, Value> changed, @Nullable String revisionId) {
    Failure failure = updateFault.at(this);
    if (failure != null) {
      return new Answer.Failed(failure);
    }
    if (settlesAt != null) {
      return new Answer.Failed(
          new Failure("ResourceConflictException", "an update is in progress", 409, null));
    }
    String live = members.path("RevisionId").asText(null);
    if (revisionId != null && !revisionId.equals(live)) {
      return new Answer.Failed(
          new Failure("PreconditionFailedException", "The Revision Id provided", 412, null));
    }
    applied++;
    lagsUntil = clock.instant().plus(lag);
    before = members.deepCopy();
    ObjectNode request = TestSpecs.json(changed);
    if (request.isEmpty()) {
      throw new AssertionError("an update of nothing");
    }
    if (request.has("Environment")) {
      replaced.add(members.path("Environment").deepCopy());
    }
    if (!dropsFields && (endsWith == null || showsFailedValues)) {
      members = new AwsModel(false, false, false).applied(members, request);
    }
    modifiedBefore = members.path("LastModified").asText();
    members.put("LastModified", nextModified());
    moveRevision();
    members.put("LastUpdateStatus", "InProgress").put("LastUpdateStatusReasonCode", "Creating");
    settlesAt = clock.instant().plus(updateTime);
    return losesReplies.getAsBoolean() ? new Answer.Failed(NO_ANSWER) : described(members);
  }

  @Override
  public Listed list(String region, @Nullable Identity identity, @Nullable String marker) {
    return new Page(List.of(), null);
  }
}
