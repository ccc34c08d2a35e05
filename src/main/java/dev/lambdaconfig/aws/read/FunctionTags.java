package dev.lambdaconfig.aws.read;

import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import java.util.Map;

/** The port to the tags of functions. Safe for use by many threads. */
public interface FunctionTags {

  /**
   * One {@code ListTags}, of the quota that all tools share: docs/aws.md#quota.
   *
   * @param target the function, by its full ARN
   */
  Tagging tags(Target target);

  /** The result of asking for tags. */
  sealed interface Tagging {}

  /** The tags of a function, by key. */
  record Tags(Map<String, String> tags) implements Tagging {
    public Tags {
      tags = Map.copyOf(tags);
    }
  }

  /** AWS refused the call, or could not be reached. */
  record Untold(Failure failure) implements Tagging {}
}
