package dev.lambdaconfig.aws.sweep.watched;

import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.ObservedFunction;
import org.jspecify.annotations.Nullable;

/**
 * A function as a read or an update answered it.
 *
 * @param found whether there is such a function
 * @param settled whether nothing runs on it, so that its revision stays
 * @param answered a hash of the answer
 */
public record Sighting(boolean found, @Nullable String revisionId, boolean settled, int answered) {

  /** The answer that there is no such function. */
  public static final Sighting NONE = new Sighting(false, null, true, 0);

  /** The function in an answer, or null where the answer says nothing about it. */
  public static @Nullable Sighting of(Answer answer) {
    return switch (answer) {
      case Answer.Described(ObservedFunction function) ->
          new Sighting(
              true,
              function.revisionId(),
              function.lifecycle().isSettled(),
              function.configuration().hashCode());
      case Answer.Failed(Failure failure) when failure.code().equals("ResourceNotFoundException") ->
          NONE;
      case Answer.Failed failed -> null;
    };
  }
}
