export { cleanName, kindOf } from './file-kind.js';
export { FilesModule } from './files.module.js';
export { type ReceivedFile, receiveFile, registerUploads } from './receive-file.js';
export { LARGEST_UPLOAD_BYTES, type KeptUpload, type NewUpload, Uploads } from './uploads.service.js';
