export { NOTICE_KINDS } from './notice.types.js';
export type { NewNotice, NoticeFacts, NoticeId, NoticeKind } from './notice.types.js';
export { Notices } from './notices.service.js';
export type { NoticeView } from './notices.service.js';
export { NotificationsModule } from './notifications.module.js';
export { Post } from './post.service.js';
export type { PostItemId } from './post.service.js';
