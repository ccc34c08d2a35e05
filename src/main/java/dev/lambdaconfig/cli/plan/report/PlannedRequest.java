package dev.lambdaconfig.cli.plan.report;

import dev.lambdaconfig.model.Value;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The body of the {@code UpdateFunctionConfiguration} that the operator would send.
 *
 * @param members the members to change, by the API's names; environment values are secrets in it
 * @param revisionId the RevisionId that the function must still have, or null where the operator
 *     has to read the function again before it sends the update
 */
public record PlannedRequest(SortedMap<String, Value> members, @Nullable String revisionId) {

  public PlannedRequest {
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
  }

  /** All members of the body, the RevisionId among them. */
  public SortedMap<String, Value> body() {
    SortedMap<String, Value> body = new TreeMap<>(members);
    if (revisionId != null) {
      body.put("RevisionId", Value.text(revisionId));
    }
    return body;
  }
}
