package dev.lambdaconfig.controller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.identity.Identity;
import dev.lambdaconfig.plan.TestSpecs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Functions in memory. An accepted update runs until {@link #settle()}. */
public final class InMemoryLambda implements LambdaFunctions, FunctionLists {

  /** An update as it was sent. */
  public record SentUpdate(SortedMap<String, Value> members, @Nullable String revisionId) {}

  private final Map<String, ObjectNode> functions = new HashMap<>();
  private int revision;

  /** What lists show. */
  public final List<ListedFunction> listed = new CopyOnWriteArrayList<>();

  /** The names of the functions that were read, in order. */
  public final List<String> reads = new ArrayList<>();

  /** The names of the functions that updates were sent for, in order. */
  public final List<String> updates = new ArrayList<>();

  /** The updates that were sent, in order. */
  public final List<SentUpdate> requests = new ArrayList<>();

  /** What AWS refuses every update with, or null. */
  public @Nullable Failure refusal;

  /** What AWS refuses every read with, or null. */
  public @Nullable Failure readRefusal;

  /** What happens while an update is under way. */
  public Runnable duringUpdate = () -> {};

  /** A settled function with these members besides; flow YAML will do. */
  public void create(String name, String members) {
    ObjectNode function = TestSpecs.object();
    function.put("FunctionName", name);
    function.put("FunctionArn", "arn:aws:lambda:eu-west-1:123456789012:function:" + name);
    function.put("State", "Active").put("LastUpdateStatus", "Successful");
    function.setAll(TestSpecs.tree(members));
    create(name, function);
  }

  /** A function as AWS describes it, with another RevisionId. */
  void create(String name, ObjectNode function) {
    functions.put(name, function.put("RevisionId", "r" + ++revision));
  }

  /** A function as AWS describes it now. */
  ObjectNode function(String name) {
    return Objects.requireNonNull(functions.get(name)).deepCopy();
  }

  /** Ends every update that runs, successfully. */
  void settle() {
    for (ObjectNode function : functions.values()) {
      if (function.path("LastUpdateStatus").asText().equals("InProgress")) {
        function.put("LastUpdateStatus", "Successful").put("RevisionId", "r" + ++revision);
      }
    }
  }

  @Override
  public Answer read(Target target) {
    reads.add(target.functionName());
    if (readRefusal != null) {
      return new Answer.Failed(readRefusal);
    }
    ObjectNode function = functions.get(target.functionName());
    return function == null
        ? failed("ResourceNotFoundException", "Function not found", 404)
        : new Answer.Described(TestSpecs.function(function));
  }

  @Override
  public Answer readFunction(Target target) {
    return read(target);
  }

  @Override
  public Sent update(Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
    updates.add(target.functionName());
    requests.add(new SentUpdate(members, revisionId));
    duringUpdate.run();
    return new Sent(updated(target, members, revisionId), "request-" + updates.size());
  }

  private Answer updated(
      Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
    ObjectNode function = functions.get(target.functionName());
    if (refusal != null) {
      return new Answer.Failed(refusal);
    }
    if (function == null) {
      return failed("ResourceNotFoundException", "Function not found", 404);
    }
    if (!function.path("RevisionId").asText().equals(revisionId)) {
      return failed("PreconditionFailedException", "The Revision Id provided", 412);
    }
    function.setAll(TestSpecs.json(members));
    function.put("LastUpdateStatus", "InProgress").put("RevisionId", "r" + ++revision);
    return new Answer.Described(TestSpecs.function(function));
  }

  private static Answer failed(String code, String message, int status) {
    return new Answer.Failed(new Failure(code, message, status, null));
  }

  @Override
  public Listed list(String region, @Nullable Identity identity, @Nullable String marker) {
    return new Page(List.copyOf(listed), null);
  }
}
