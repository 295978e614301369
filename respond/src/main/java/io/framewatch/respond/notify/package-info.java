/// Telling somebody. A [io.framewatch.respond.notify.Notification] goes to a
/// [io.framewatch.respond.notify.Notifier], which answers with a
/// [io.framewatch.respond.notify.SendResult]: delivered, try again later, or never.
/// [io.framewatch.respond.notify.WebhookNotifier] speaks Alertmanager's webhook format.
@NullMarked
package io.framewatch.respond.notify;

import org.jspecify.annotations.NullMarked;
