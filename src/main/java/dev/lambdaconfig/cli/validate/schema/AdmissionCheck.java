package dev.lambdaconfig.cli.validate.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.cli.validate.schema.FieldError.CauseType;
import java.util.ArrayList;
import java.util.List;

/** The verdict of the API server on resources. */
public final class AdmissionCheck {

  private final StructuralCheck form = new StructuralCheck();
  private final RuleCheck rules = new RuleCheck();

  /**
   * Returns all for which the API server would refuse a new resource, with strict field validation.
   * It does not report all of it at once: unknown fields first, then the rest.
   */
  public List<FieldError> errors(ObjectNode manifest) {
    return errors(manifest, List.of());
  }

  /**
   * Returns all for which it would refuse a resource or its change. What is wrong with a resource
   * counts also where it was wrong before: it could not be created anew.
   *
   * @param earlier what the resource may have been before; a change of one of them has to be
   *     allowed. What the API server would not have stored changes nothing
   */
  public List<FieldError> errors(ObjectNode manifest, List<ObjectNode> earlier) {
    JsonNode value = form.value(manifest);
    List<FieldError> errors = new ArrayList<>(form.errors(manifest, value));
    if (errors.stream().noneMatch(FieldError::blocksRules)) {
      errors.addAll(rules.broken("", value, form.resource()));
      errors.addAll(brokenByChange(value, earlier));
    } else {
      errors.add(
          new FieldError(
              "",
              CauseType.INVALID,
              "some validation rules were not checked because the object was invalid; correct the"
                  + " existing errors to complete validation"));
    }
    return errors;
  }

  private List<FieldError> brokenByChange(JsonNode value, List<ObjectNode> earlier) {
    List<FieldError> first = List.of();
    for (ObjectNode before : earlier) {
      JsonNode old = form.value(before);
      if (form.errors(before, old).stream().anyMatch(FieldError::blocksRules)) {
        continue;
      }
      List<FieldError> broken = rules.brokenByChange("", old, value, form.resource());
      if (broken.isEmpty()) {
        return broken;
      }
      first = first.isEmpty() ? broken : first;
    }
    return first;
  }
}
