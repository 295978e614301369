package io.framewatch.respond.flow;

import io.framewatch.model.Alert;
import io.framewatch.model.Tenant;

/// An alert and whose it is.
///
/// @param tenant whose
/// @param alert the alert
public record TenantAlert(Tenant tenant, Alert alert) {}
